import { createHash } from 'node:crypto'
import { claimOrWait, type Cells } from '../store/claim.ts'
import type { ExchangeStore } from '../types.ts'
import { connectRedis, type ConnectOptions } from './connection.ts'

/** What `redisStore` takes. */
export interface RedisStoreOptions extends ConnectOptions {
  /** What all keys begin with. @default 'dance:' */
  prefix?: string
}

/** A store with a connection of its own. */
export interface RedisStore extends ExchangeStore {
  /** Ends its connection, and all tries to get one. */
  close(): Promise<void>
}

// Only what is still one's own may be changed.
const extendScript =
  "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pexpire', KEYS[1], ARGV[2]) or 0"
const releaseScript =
  "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0"
const countScript =
  "local n = redis.call('incr', KEYS[1]) if n == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end return n"

/**
 * What instances share, in Redis 6 or newer, or Valkey. Nothing in it can be read: keys are hashed
 * here, answers are sealed before they come. Nothing in it needs a backup: the longest is kept for
 * six minutes.
 *
 * While it is down its methods throw `StoreDownError`; README.md says what the exchange does then.
 *
 * @returns once it is connected, or the first try has failed: it goes on trying by itself
 * @throws TypeError where `url` is none of Redis
 */
export async function redisStore(options: RedisStoreOptions): Promise<RedisStore> {
  const { prefix = 'dance:' } = options
  const { run, close } = await connectRedis(options)
  const name = (kind: string, key: string): string =>
    prefix + createHash('sha256').update(`${kind}:${key}`).digest('base64url')

  const cells: Cells = {
    get: (key) => run(async (redis) => (await redis.get(key)) ?? undefined),
    set: (key, text, value) =>
      run(
        async (redis) => void (await redis.set(key, text, { expiration: { type: 'PX', value } })),
      ),
    claim: (key, text, value) =>
      run(async (redis) => {
        const expiration = { type: 'PX', value } as const
        return (await redis.set(key, text, { condition: 'NX', expiration })) !== null
      }),
    extend: (key, text, value) =>
      run(async (redis) => {
        await redis.eval(extendScript, { keys: [key], arguments: [text, String(value)] })
      }),
    release: (key, text) =>
      run(
        async (redis) => void (await redis.eval(releaseScript, { keys: [key], arguments: [text] })),
      ),
  }
  /** What this very instance is at already: one wait for all of its requests. */
  const running = new Map<string, Promise<string>>()

  return {
    close,
    first: (key, seconds) => cells.claim(name('first', key), '1', seconds * 1000),
    share(key, seconds, work) {
      const known = running.get(key)
      if (known) return known
      const answer = claimOrWait(cells, name('share', key), seconds, work).finally(() =>
        running.delete(key),
      )
      running.set(key, answer)
      return answer
    },
    count: (key, seconds) =>
      run(async (redis) => {
        const keys = [name('count', key)]
        return Number(await redis.eval(countScript, { keys, arguments: [String(seconds * 1000)] }))
      }),
  }
}
