import type { IncomingMessage } from 'node:http'
import type { ExchangeOptions } from '../types.ts'

/** What Node's server hands to the app beside the request. */
export interface NodeEnvironment {
  readonly incoming: IncomingMessage
}

/**
 * The address of whoever speaks to the outermost of some proxies: of the list that they write, the
 * entries on the left are the caller's own words.
 *
 * @param trustProxy how many proxies there are; with none, the header means nothing
 */
export function addressBehind(trustProxy: number): NonNullable<ExchangeOptions['addressOf']> {
  return (request, env) => {
    const { incoming } = env as NodeEnvironment
    const told = (request.headers.get('x-forwarded-for') ?? '').split(',')
    const chain = [...told.filter((entry) => entry.trim() !== ''), incoming.socket.remoteAddress]
    return chain.at(-1 - trustProxy) ?? chain[0]
  }
}
