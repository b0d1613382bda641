import { useDance } from '@spa-dance/react'
import type { Partner } from '../partners.ts'
import { Avatar } from './Avatar.tsx'
import { Expiry } from './Expiry.tsx'

/** Who is signed in, with what, and for how long. */
export const Account = ({ partner }: { partner: Partner }) => {
  const { account, profile, scopes } = useDance(partner.client)
  const name = profile?.name ?? profile?.id ?? account ?? ''
  return (
    <div className="account">
      <div className="person">
        <Avatar key={profile?.picture} name={name} picture={profile?.picture} />
        <p>
          <strong>{name}</strong>
          {profile?.email && <span>{profile.email}</span>}
        </p>
      </div>
      <dl>
        <div>
          <dt>Account</dt>
          <dd>
            <code>{account}</code>
          </dd>
        </div>
        {scopes.length > 0 && (
          <div>
            <dt>Scopes</dt>
            <dd className="scopes">
              {scopes.map((scope) => (
                <code key={scope}>{scope}</code>
              ))}
            </dd>
          </div>
        )}
        <div>
          <dt>Session</dt>
          <dd>
            <Expiry partner={partner} />
          </dd>
        </div>
      </dl>
    </div>
  )
}
