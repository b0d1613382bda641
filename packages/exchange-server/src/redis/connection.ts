import type { RedisClientType } from '@redis/client'
import { withDeadline } from '../guards/deadline.ts'
import { StoreDownError } from '../store/down.ts'

/** How to reach Redis. */
export interface ConnectOptions {
  /** `redis://…`, or `rediss://…` for TLS, with user name and password where the server wants them. */
  url: string
  /**
   * Called whenever it comes or goes: with nothing once it can be used, else with why not, as a code
   * that holds neither address nor password.
   */
  onChange?: (problem?: string) => void
}

type Client = RedisClientType

/** A connection that is made again and again. */
export interface Connection {
  /** @throws StoreDownError where there is none, or no answer within a second */
  run<T>(command: (client: Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Milliseconds for one command, and for a connection. */
const patience = 1000
const connectPatience = 2000

/** Connects, or begins to try. @throws TypeError where the URL is none of Redis */
export async function connectRedis({ url, onChange }: ConnectOptions): Promise<Connection> {
  // Not before it is asked for: a bundle of the whole package must run without it.
  const { createClient } = await import('@redis/client')
  let problem: string | undefined = 'not connected yet'
  const say = (now: string | undefined): void => {
    if (now === problem) return
    problem = now
    onChange?.(now)
  }
  const open = (): Client => {
    const client = createClient({
      url,
      // What can't be asked now is refused now, not asked later.
      disableOfflineQueue: true,
      socket: {
        connectTimeout: connectPatience,
        reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, connectPatience),
      },
    })
    client.on('ready', () => say(undefined))
    client.on('error', (error) => say(codeOf(error)))
    return client
  }
  let client = open()
  const connecting = (): Promise<void> => client.connect().then(noop, noop)
  const first = new Promise<void>((done) => client.once('error', () => done()))
  await withDeadline(Promise.race([connecting(), first]), connectPatience, noop)

  return {
    async run(command) {
      const asked = client
      try {
        return await withDeadline(command(asked), patience, () => {
          throw new StoreDownError()
        })
      } catch (error) {
        if (error instanceof StoreDownError && asked === client) {
          // It hangs: what is in its queue would hang with it, and so would all that comes after.
          say('no answer')
          client.destroy()
          client = open()
          void connecting()
        }
        throw new StoreDownError()
      }
    },
    async close() {
      client.destroy()
    },
  }
}

const noop = (): void => {}

function codeOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return code
  // Redis begins its refusals with a code: WRONGPASS, NOPERM, READONLY.
  return /^[A-Z]{3,}(?= )/.exec(String(message))?.[0] ?? 'it hung up'
}
