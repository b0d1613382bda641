import { createExchangeServer } from '@spa-dance/exchange-server'
import { loadConfig, nodeCrypto, nodeTransport } from '@spa-dance/exchange-server/node'
import { handle } from 'hono/aws-lambda'

// From the environment of the function, as `dance-exchange` takes it: see README.md.
const options = await loadConfig()
const app = createExchangeServer({
  ...options,
  crypto: nodeCrypto(),
  fetch: nodeTransport(options).fetch,
})

/** The function behind a function URL. */
export const handler = handle(app)
