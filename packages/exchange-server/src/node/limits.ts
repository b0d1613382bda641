import type { Environment } from './environment.ts'
import type { StartOptions } from './start.ts'

/** How often an address may ask, and what tells its address, as the environment says it. */
export function limitsFrom(
  env: Environment,
  problems: string[],
): Pick<StartOptions, 'trustProxy' | 'rateLimit'> {
  const perAddress = wholeNumber('DANCE_RATE_LIMIT', 'the requests a minute', env, problems)
  const trustProxy = wholeNumber(
    'DANCE_TRUST_PROXY',
    'how many proxies are in front',
    env,
    problems,
  )
  return {
    ...(perAddress !== undefined && { rateLimit: { perAddress } }),
    ...(trustProxy !== undefined && { trustProxy }),
  }
}

function wholeNumber(
  name: string,
  what: string,
  env: Environment,
  problems: string[],
): number | undefined {
  const text = env[name]
  if (!text) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  problems.push(`${name} is no whole number: say ${what}`)
  return undefined
}
