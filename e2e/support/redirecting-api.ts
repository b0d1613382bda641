import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from './listen.ts'

/** An API that answers every call by sending the caller to another site. */
export interface RedirectingApi {
  readonly url: string
  /** The `Authorization` of each request to the API, and to the other site. */
  readonly seen: {
    readonly api: (string | undefined)[]
    readonly elsewhere: (string | undefined)[]
  }
  readonly close: () => Promise<void>
}

/** Starts both, each open to any page. */
export async function startRedirectingApi(): Promise<RedirectingApi> {
  const [api, elsewhere] = await Promise.all([listen(), listen()])
  const seen: RedirectingApi['seen'] = { api: [], elsewhere: [] }
  const answer = (
    { method, headers }: IncomingMessage,
    response: ServerResponse,
    to: (string | undefined)[],
    location?: string,
  ) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'Authorization')
    if (method !== 'OPTIONS') to.push(headers.authorization)
    if (location === undefined || method === 'OPTIONS') response.end('{}')
    else response.writeHead(302, { Location: location }).end()
  }
  const other = `http://elsewhere.localhost:${elsewhere.port}/`
  api.http.on('request', (request, response) => answer(request, response, seen.api, other))
  elsewhere.http.on('request', (request, response) => answer(request, response, seen.elsewhere))
  return {
    url: `http://api.localhost:${api.port}/`,
    seen,
    close: async () => {
      await Promise.all([api.close(), elsewhere.close()])
    },
  }
}
