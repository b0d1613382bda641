import { isDanceError } from '@spa-dance/browser-sdk'
import { useDance } from '@spa-dance/react'
import { useState, type FormEvent } from 'react'
import { explain } from '../explain.ts'
import type { Partner } from '../partners.ts'

interface Reply {
  readonly status: string
  readonly good: boolean
  readonly body: string
}

interface ExplorerProps {
  partner: Partner
  call: NonNullable<Partner['call']>
}

/** Calls the provider's API as the person signed in, and shows what comes back. */
export const Explorer = ({ partner: { client, name }, call }: ExplorerProps) => {
  const { fetch } = useDance(client)
  const { method = 'GET', json } = call
  const init = {
    method,
    ...(json && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(json),
    }),
  }
  const [path, setPath] = useState(call.path)
  const [reply, setReply] = useState<Reply>()

  const send = async (event: FormEvent) => {
    event.preventDefault()
    setReply(await ask(() => fetch(path, init), name))
  }

  return (
    <div className="explorer">
      <form onSubmit={(event) => void send(event)}>
        <label htmlFor={`${client}-path`}>Path below {name}’s API</label>
        <div className="request">
          <span aria-hidden="true">{method}</span>
          <input
            id={`${client}-path`}
            value={path}
            onChange={(event) => setPath(event.target.value)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            required
          />
        </div>
        {json && <code>{JSON.stringify(json)}</code>}
        <button type="submit" className="primary">
          Call the API
        </button>
      </form>
      <p className={reply?.good === false ? 'bad' : 'good'} aria-live="polite">
        {reply?.status}
      </p>
      {reply?.body && (
        <pre tabIndex={0} role="region" aria-label={`Answer of ${name}’s API`}>
          {reply.body}
        </pre>
      )}
    </div>
  )
}

const ask = async (request: () => Promise<Response>, name: string): Promise<Reply> => {
  const begin = performance.now()
  try {
    const response = await request()
    const body = await response.text()
    const took = `${Math.round(performance.now() - begin)} ms`
    const status = `${response.status} ${response.statusText} · ${took}`
    return { status, good: response.ok, body: pretty(body) }
  } catch (error) {
    const status = isDanceError(error) ? explain(error, name) : String(error)
    return { status, good: false, body: '' }
  }
}

const pretty = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
