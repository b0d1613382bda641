import { useDance } from '@spa-dance/react'
import type { Mode } from '../mode.ts'
import type { Partner } from '../partners.ts'
import { Avatar } from './Avatar.tsx'

interface PeopleProps {
  partner: Partner
  mode: Mode
}

/** Who else is signed in, and what more may be asked for. */
export const People = ({ partner: { client, name, more }, mode }: PeopleProps) => {
  const { accounts, scopes, activate, login, logout } = useDance(client)
  const signIn = (options: { scopes?: readonly string[] }) =>
    void login({ mode, ...options }).catch(() => {})
  const others = accounts.slice(1).map(({ account, profile }) => ({
    account,
    picture: profile?.picture,
    label: profile?.name ?? profile?.id ?? account,
  }))

  return (
    <div className="people">
      {others.length > 0 && (
        <ul aria-label={`Other accounts of ${name}`}>
          {others.map(({ account, picture, label }) => (
            <li key={account}>
              <Avatar name={label} picture={picture} />
              <span>{label}</span>
              <button type="button" className="quiet" onClick={() => void activate(account)}>
                Switch <span className="unseen">to {label}</span>
              </button>
              <button type="button" className="quiet" onClick={() => void logout({ account })}>
                Sign out <span className="unseen">{label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="quiet" onClick={() => signIn({})}>
        Add another account
      </button>
      {more && !scopes.includes(more) && (
        <button type="button" className="quiet" onClick={() => signIn({ scopes: [more] })}>
          Ask for <code>{more}</code>, too
        </button>
      )}
    </div>
  )
}
