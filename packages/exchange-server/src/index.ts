export { createExchangeServer } from './server.ts'
export { webCrypto } from './crypto/web.ts'
export { memoryStore, type MemoryStoreOptions } from './store/memory.ts'
export { StoreDownError } from './store/down.ts'
export { ExchangeConfigError } from './errors.ts'
export { jsonLines } from './observe/json-lines.ts'
export type {
  AnsweredEvent,
  DanceEvent,
  ExchangeEvent,
  FailureEvent,
  LogLevel,
  RequestLogEntry,
  RouteName,
} from './observe/types.ts'
export type { AesGcm, Awaitable, ExchangeCrypto, P256Key } from './crypto/types.ts'
export type {
  ExchangeApp,
  ExchangeClient,
  ExchangeHmacClient,
  ExchangeOAuth2Client,
  ExchangeOptions,
  ExchangeRsaClient,
  ExchangeStore,
  RateLimit,
  Transport,
  TransportAnswer,
} from './types.ts'
