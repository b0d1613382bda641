import { useDance } from '@spa-dance/react'
import { useEffect, useState } from 'react'
import { expireTokens } from '../expire.ts'
import type { Partner } from '../partners.ts'
import { duration, secondsUntil } from '../words.ts'

/** Counts down to the end of the access token, and tells when the session has renewed itself. */
export const Expiry = ({ partner: { client, name, tokensEnd } }: { partner: Partner }) => {
  const dance = useDance()
  const { expiresAt, refreshable } = useDance(client)
  const [renewals, setRenewals] = useState(0)
  const [spoilt, setSpoilt] = useState(false)
  const now = useNow(expiresAt !== undefined)

  useEffect(
    () =>
      dance.on('refreshed', (event) => {
        if (event.client !== client) return
        setRenewals((count) => count + 1)
        setSpoilt(false)
      }),
    [dance, client],
  )
  if (expiresAt === undefined) return <>Does not expire</>

  // With OAuth 1.0a it is the exchange's token that ends: the provider's own never does.
  const canExpire = refreshable && tokensEnd
  const seconds = secondsUntil(expiresAt, now)
  return (
    <>
      <span className="countdown">
        {refreshable ? 'Renews itself within ' : 'Ends in '}
        <time dateTime={`PT${seconds}S`}>{duration(seconds)}</time>
      </span>
      {renewals > 0 && (
        <span className="renewed" key={renewals}>
          Renewed itself {renewals === 1 ? 'once' : `${renewals} times`}
        </span>
      )}
      {canExpire &&
        (spoilt ? (
          <span className="note">{name} refuses this token now. Call the API and see.</span>
        ) : (
          <button
            type="button"
            className="quiet"
            onClick={() => void expireTokens(client).then(() => setSpoilt(true))}
          >
            Expire the token now
          </button>
        ))}
    </>
  )
}

const useNow = (ticking: boolean): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = ticking ? setInterval(() => setNow(Date.now()), 1000) : undefined
    return () => clearInterval(timer)
  }, [ticking])
  return now
}
