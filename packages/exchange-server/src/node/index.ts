export { startExchange, type RunningExchange, type StartOptions } from './start.ts'
export { nodeCrypto } from './crypto.ts'
export { nodeTransport, type NodeTransport, type NodeTransportOptions } from './transport.ts'
export { loadConfig, type LoadOptions } from './load-config.ts'
