import { useEffect, useState } from 'react'
import { readSteps, type Step } from '../steps.ts'

/** Every request that reached a provider, while it is looked at. */
export const Steps = () => {
  const [open, setOpen] = useState(false)
  const [steps, setSteps] = useState<readonly Step[]>([])

  useEffect(() => {
    if (!open) return undefined
    const read = () => void readSteps().then(setSteps, () => {})
    read()
    const timer = setInterval(read, 1000)
    return () => clearInterval(timer)
  }, [open])

  return (
    <details className="steps" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The dance, step by step</summary>
      <p className="why">
        What each provider has received, the latest first, by name only: no secret, code or token is
        told.
      </p>
      {steps.length === 0 ? (
        <p className="why">Nothing yet. Sign in, and watch.</p>
      ) : (
        <ol aria-label="Steps">
          {steps.map((step) => (
            <li key={step.id}>
              <time dateTime={step.at.toISOString()}>{step.at.toLocaleTimeString()}</time>
              <span className="chain">
                {step.chain.map((who, index) => (
                  <span key={who}>
                    {index > 0 && <span className="unseen">to </span>}
                    {who}{' '}
                  </span>
                ))}
              </span>
              <span className="what">
                {step.what} <code>{step.status}</code>
              </span>
              {step.sent.length > 0 && (
                <span className="sent">
                  with <code>{step.sent.join(', ')}</code>
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}
