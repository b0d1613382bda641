import { createServer, type Server, type ServerOptions } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { readConfig } from '../config/config.ts'
import { ExchangeConfigError } from '../errors.ts'
import { createExchange } from '../exchange.ts'
import { rawTarget } from '../raw-target.ts'
import { readinessProblems } from '../routes/health.ts'
import { createExchangeServer } from '../server.ts'
import type { ExchangeOptions } from '../types.ts'
import { addressBehind } from './address.ts'
import { nodeCrypto } from './crypto.ts'
import { stoppable } from './stop.ts'
import { nodeTransport } from './transport.ts'

/** What `startExchange` takes beside the exchange's own options. */
export interface StartOptions extends ExchangeOptions {
  /** 0 takes a free one; a `baseUrl` with port 0 then gets its number. */
  port: number
  /** @default '127.0.0.1' */
  host?: string
  /**
   * How many proxies stand before it, each of which adds the address it was called from to
   * `X-Forwarded-For`. They have to be the only way to the exchange. @default 0
   */
  trustProxy?: number
}

/** A running exchange. */
export interface RunningExchange {
  /** Its `baseUrl`. */
  readonly url: string
  readonly port: number
  /**
   * Takes no new connection, lets running requests end for up to 10 seconds, then ends them, and
   * closes the store.
   */
  close(): Promise<void>
}

const limits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  // How often the two above are looked at: by default every 30 s, three times as long as the first.
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
  // A sealed token, its proof, and up to 7 kB of flow cookies.
  maxHeaderSize: 65_536,
}

/** What never became a request: a broken Host, a target that is no URL. */
const unreadable = (): Response =>
  Response.json(
    { error: 'invalid_request', error_description: 'The request can not be read.' },
    { status: 400, headers: { 'Cache-Control': 'no-store', Vary: 'Origin' } },
  )

/**
 * Starts the exchange on Node, with pooled connections to the providers.
 *
 * @throws ExchangeConfigError before it listens; Error with `code` `EADDRINUSE` where the port is taken
 */
export async function startExchange(options: StartOptions): Promise<RunningExchange> {
  try {
    return await start({ crypto: nodeCrypto(), ...options })
  } catch (error) {
    await options.store?.close?.()
    throw error
  }
}

async function start({ trustProxy = 0, ...given }: StartOptions): Promise<RunningExchange> {
  if (!Number.isSafeInteger(trustProxy) || trustProxy < 0) {
    throw new ExchangeConfigError([`trustProxy is ${trustProxy}: give the number of proxies`])
  }
  const options = { addressOf: addressBehind(trustProxy), ...given }
  const config = readConfig(options)
  const problems = await readinessProblems(createExchange(config, options))
  if (problems.length > 0) throw new ExchangeConfigError(problems)

  const transport = nodeTransport(config.hosts)
  let app: Hono | undefined
  const listener = getRequestListener(
    (request, { incoming }) =>
      app?.fetch(request, { [rawTarget]: incoming.url, incoming }) ??
      new Response(null, { status: 503 }),
    { errorHandler: unreadable },
  )
  const server = createServer(limits, (request, response) => void listener(request, response))
  const stop = stoppable(server)
  try {
    const port = await listen(server, options.port, options.host ?? '127.0.0.1')
    const baseUrl = options.baseUrl.replace(/^(https?:\/\/[^/]+):0(?=\/|$)/, `$1:${port}`)
    app = createExchangeServer({ ...options, baseUrl, fetch: options.fetch ?? transport.fetch })
    return {
      url: baseUrl,
      port,
      async close() {
        await stop()
        await transport.close()
        await options.store?.close?.()
      },
    }
  } catch (error) {
    await transport.close()
    throw error
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
