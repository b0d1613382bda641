declare module 'oauth-shim' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  const shim: {
    (request: IncomingMessage, response: ServerResponse): void
    init(credentials: readonly Readonly<Record<string, string>>[]): void
  }
  export default shim
}
