import { useDance } from '@spa-dance/react'
import type { Mode } from '../mode.ts'
import type { Partner } from '../partners.ts'
import { statuses } from '../words.ts'
import { Account } from './Account.tsx'
import { Explorer } from './Explorer.tsx'
import { Mark } from './Mark.tsx'
import { People } from './People.tsx'
import { Problem } from './Problem.tsx'
import { Route } from './Route.tsx'

interface CardProps {
  partner: Partner
  mode: Mode
  hidden: boolean
}

export const Card = ({ partner, mode, hidden }: CardProps) => {
  const { client, name, route } = partner
  const { status, account, error, login, logout } = useDance(client)
  const title = `${client}-name`
  // What goes wrong is in the state as `error`, so nothing else is to be done about it here.
  const signIn = () => void login({ mode }).catch(() => {})

  return (
    <section
      className={status === 'signed-in' ? 'card open' : 'card'}
      id={client}
      aria-labelledby={title}
      data-status={status}
      hidden={hidden}
    >
      <header className="head">
        <Mark partner={partner} />
        <div>
          <h2 id={title}>{name}</h2>
          <p className="badge">{route}</p>
        </div>
        <p className="status" role="status">
          {statuses[status]}
        </p>
      </header>
      <Route partner={partner} />
      {error && <Problem error={error} name={name} onRetry={signIn} />}
      {status === 'expired' && (
        <p className="note">{name} accepts this session no longer. Sign in again to go on.</p>
      )}
      {status === 'signed-in' ? (
        <>
          <div className="who">
            <Account partner={partner} />
            <People partner={partner} mode={mode} />
          </div>
          {partner.call && <Explorer key={account} partner={partner} call={partner.call} />}
          <button type="button" onClick={() => void logout()}>
            Sign out <span className="unseen">of {name}</span>
          </button>
        </>
      ) : (
        <button
          type="button"
          className="primary"
          disabled={status === 'loading' || status === 'signing-in'}
          onClick={signIn}
        >
          Sign in with {name}
        </button>
      )}
    </section>
  )
}
