export { startExchange, type RunningExchange, type StartOptions } from './start.ts'
export { nodeTransport, type NodeTransport } from './transport.ts'
export { loadConfig, type LoadOptions } from './load-config.ts'
