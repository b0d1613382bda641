import { useDance, type ClientName } from '@spa-dance/react'
import { useEffect, useState } from 'react'
import { partnerOf } from '../partners.ts'

interface Line {
  readonly id: number
  readonly at: Date
  readonly text: string
}

const nameOf = (client: ClientName | undefined) =>
  client === undefined ? 'The dance' : partnerOf(client).name

/** The latest things that happened, of this tab and of others. */
export const Events = () => {
  const dance = useDance()
  const [lines, setLines] = useState<readonly Line[]>([])

  useEffect(() => {
    const add = (client: ClientName | undefined, what: string) =>
      setLines((before) => {
        const id = (before[0]?.id ?? 0) + 1
        return [{ id, at: new Date(), text: `${nameOf(client)} ${what}` }, ...before].slice(0, 5)
      })
    const undo = [
      dance.on('authorized', ({ client }) => add(client, 'signed you in')),
      dance.on('refreshed', ({ client }) => add(client, 'renewed the session')),
      dance.on('expired', ({ client }) => add(client, 'ended the session')),
      dance.on('loggedOut', ({ client }) => add(client, 'signed you out')),
      dance.on('changed', ({ client }) => add(client, 'changed in another tab')),
    ]
    return () => undo.forEach((stop) => stop())
  }, [dance])

  if (lines.length === 0) return null
  return (
    <section className="events" aria-labelledby="events-title">
      <h2 id="events-title">Just now</h2>
      <ol>
        {lines.map(({ id, at, text }) => (
          <li key={id}>
            <time dateTime={at.toISOString()}>{at.toLocaleTimeString()}</time> {text}
          </li>
        ))}
      </ol>
    </section>
  )
}
