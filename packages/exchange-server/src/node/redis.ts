import { ExchangeConfigError } from '../errors.ts'
import { redisStore } from '../redis/index.ts'
import type { ExchangeStore } from '../types.ts'
import type { Environment } from './environment.ts'

const variable = 'DANCE_REDIS_URL'

/** What is wrong with the address of the store, if the environment names one. It may hold a password. */
export function redisProblems(env: Environment): string[] {
  const url = env[variable]
  if (!url || (/^rediss?:$/.test(protocolOf(url)) && URL.canParse(url))) return []
  return [`${variable} is no address of Redis: give redis://host:6379, or rediss:// for TLS`]
}

/**
 * Connects to the Redis that the environment names.
 *
 * @throws ExchangeConfigError where its client is not installed
 */
export async function storeFrom(
  env: Environment,
  open: typeof redisStore = redisStore,
): Promise<ExchangeStore | undefined> {
  const url = env[variable]
  if (!url) return undefined
  try {
    return await open({ url, onChange: tell })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new ExchangeConfigError([
      `${variable} needs a client of Redis: run "npm install @redis/client"`,
    ])
  }
}

const protocolOf = (url: string): string => /^[a-z]+:/.exec(url)?.[0] ?? ''

function tell(problem?: string): void {
  const line =
    problem === undefined
      ? 'Redis is there.'
      : `Redis can't be used (${problem}): refreshes are refused until it can.`
  process.stderr.write(`[dance-exchange] ${line}\n`)
}
