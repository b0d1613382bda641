import { loadConfig, startExchange } from '@spa-dance/exchange-server/node'

// From the environment, as `dance-exchange` takes it: see README.md.
const exchange = await startExchange(await loadConfig())
console.log(`Browsers reach the exchange at ${exchange.url}; it listens on port ${exchange.port}`)

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void exchange.close())
