export { createExchangeServer } from './server.ts'
export { memoryStore } from './store.ts'
export { ExchangeConfigError } from './errors.ts'
export type {
  ExchangeApp,
  ExchangeClient,
  ExchangeHmacClient,
  ExchangeOAuth2Client,
  ExchangeOptions,
  ExchangeRsaClient,
  ExchangeStore,
  RequestLogEntry,
  Transport,
} from './types.ts'
