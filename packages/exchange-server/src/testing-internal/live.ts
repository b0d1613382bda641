import { request, type IncomingHttpHeaders } from 'node:http'
import { github } from '@spa-dance/providers/github'
import { oidc } from '@spa-dance/providers/oidc'
import { twitter } from '@spa-dance/providers/twitter'
import { startExchange, type RunningExchange } from '../node/index.ts'
import type { ExchangeEvent, RequestLogEntry } from '../observe/types.ts'
import { ath, challenge, dpop, newSealKey, verifier } from './harness.ts'
import { hostile, type Hostile } from './hostile.ts'

/** Whatever must stay on its side: each is looked for in logs, and where it does not belong in answers. */
export const secrets = {
  clientSecret: 'MARK-client-secret',
  consumerSecret: 'MARK-consumer-secret',
  upstreamCode: 'MARK-upstream-code',
  upstreamToken: 'MARK-upstream-token',
  upstreamRefresh: 'MARK-upstream-refresh',
  requestSecret: 'MARK-request-secret',
  tokenSecret: 'MARK-token-secret',
  oauthVerifier: 'MARK-oauth-verifier',
} as const

export const livePage = 'http://app.localhost:7777'

/** An answer as it came over the socket. */
export interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Its headers as they came. */
  readonly head: string
  readonly body: string
  /** Whether it ended before it was whole. */
  readonly broken: boolean
}

/** What a route was asked with, so that it can be asked again. */
export type Ask = () => Promise<Got>

/** An exchange, its provider and its page, all on sockets. */
export interface Live {
  readonly exchange: RunningExchange
  readonly provider: Hostile
  readonly entries: RequestLogEntry[]
  readonly events: ExchangeEvent[]
  /** Everything that was sent to the page and by it, whole. */
  readonly traffic: { readonly sent: string[]; readonly got: string[] }
  /** Added to every request's headers. */
  decorate: Readonly<Record<string, string>>
  send(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Got>
  /** Prepares a request to each route that asks the provider; nothing has been asked of the route yet. */
  routes(): Promise<Readonly<Record<RouteThatAsks, Ask>>>
  /** A relayed GET as bytes, for a socket of the test's own. Needs `routes()` before. */
  relayHead(): Promise<string>
  close(): Promise<void>
}

/** The routes that ask a provider, and the path that they ask. */
export const asked = {
  discovery: '/.well-known/openid-configuration',
  'request token': '/oauth/request_token',
  code: '/login/oauth/access_token',
  verifier: '/oauth/access_token',
  refresh: '/login/oauth/access_token',
  revoke: '/applications/hub-id/token',
  relay: '/api/v3/user',
  'signed relay': '/2/users/me',
} as const

export type RouteThatAsks = keyof typeof asked

const answers = (issuer: string): Readonly<Record<string, string>> => ({
  [asked.discovery]: JSON.stringify({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
  }),
  [asked.code]: JSON.stringify({
    access_token: secrets.upstreamToken,
    token_type: 'bearer',
    expires_in: 28_800,
    refresh_token: secrets.upstreamRefresh,
  }),
  [asked['request token']]:
    `oauth_token=rt&oauth_token_secret=${secrets.requestSecret}&oauth_callback_confirmed=true`,
  [asked.verifier]: `oauth_token=at&oauth_token_secret=${secrets.tokenSecret}&user_id=7`,
})

/** A declaration with another host. */
const moved = <T>(declaration: T, from: string, to: string): T => ({
  ...JSON.parse(JSON.stringify(declaration).replaceAll(from, to)),
})

export async function live(): Promise<Live> {
  let issuer = ''
  const provider = await hostile((path) => {
    const good = answers(issuer)
    const known = Object.keys(good).find((end) => path.endsWith(end))
    return known === undefined ? '{"ok":true}' : (good[known] ?? '')
  })
  const host = `http://127.0.0.1:${provider.port}`
  issuer = `${host}/op`
  const entries: RequestLogEntry[] = []
  const events: ExchangeEvent[] = []
  const traffic = { sent: [] as string[], got: [] as string[] }
  const { clientSecret, consumerSecret } = secrets
  const exchange = await startExchange({
    port: 0,
    baseUrl: 'http://127.0.0.1:0',
    apps: { spa: { redirectUris: [`${livePage}/callback/{client}`] } },
    clients: {
      hub: { provider: github({ host }), clientId: 'hub-id', clientSecret, relay: true },
      legacy: {
        provider: moved(twitter(), 'https://api.x.com', host),
        consumerKey: 'ck',
        consumerSecret,
      },
      op: { provider: oidc({ issuer, route: 'exchange' }), clientId: 'op-id', clientSecret },
    },
    sealKeys: [newSealKey('live')],
    log: (entry) => void entries.push(entry),
    onEvent: (event) => void events.push(event),
  })

  const send: Live['send'] = (method, path, given = {}, body = '') =>
    new Promise((resolve, reject) => {
      const cookie = [given['cookie'], rig.decorate['cookie']].filter(Boolean).join('; ')
      const headers = { ...rig.decorate, ...given, ...(cookie !== '' && { cookie }) }
      traffic.sent.push(path, JSON.stringify(headers), body)
      const out = request(exchange.url + path, { method, headers, agent: false }, (answer) => {
        let text = ''
        const done = (broken: boolean): void => {
          const head = answer.rawHeaders.join('\n')
          traffic.got.push(head, text)
          const { statusCode: status = 0 } = answer
          resolve({ status, headers: answer.headers, head, body: text, broken })
        }
        answer.setEncoding('latin1').on('data', (part: string) => {
          // A bomb need not be kept to be seen.
          if (text.length < 100_000) text += part
        })
        answer.on('end', () => done(false)).on('error', () => done(true))
      })
      out.on('error', reject).end(body)
    })

  const key = await dpop()
  const authorizePath = (client: string): string =>
    `/${client}/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: 'spa',
      redirect_uri: `${livePage}/callback/${client}`,
      state: 'page-state',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })}`
  const codeOf = async (client: 'hub' | 'legacy'): Promise<string> => {
    const sent = await send('GET', authorizePath(client))
    const state = new URL(sent.headers.location ?? '').searchParams.get('state')
    const query =
      client === 'hub'
        ? `code=${secrets.upstreamCode}&state=${state}`
        : `oauth_token=rt&oauth_verifier=${secrets.oauthVerifier}`
    const cookie = (sent.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
    const back = await send('GET', `/${client}/callback?${query}`, { cookie })
    return new URL(back.headers.location ?? '').searchParams.get('code') ?? ''
  }
  const post = async (path: string, form: Record<string, string>, nonce?: string): Promise<Got> => {
    const proof = await key.proof('POST', exchange.url + path, nonce === undefined ? {} : { nonce })
    const headers = {
      origin: livePage,
      'content-type': 'application/x-www-form-urlencoded',
      dpop: proof,
    }
    return send(
      'POST',
      path,
      headers,
      new URLSearchParams({ client_id: 'spa', ...form }).toString(),
    )
  }
  const redeem = (client: string, code: string): Promise<Got> =>
    post(`/${client}/token`, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
    })
  const signed = async (path: string, token: string, nonce: string) => ({
    origin: livePage,
    authorization: `DPoP ${token}`,
    dpop: await key.proof('GET', exchange.url + path, { nonce, ath: await ath(token) }),
  })
  const call = async (path: string, token: string, nonce: string): Promise<Got> =>
    send('GET', path, await signed(path, token, nonce))
  let relayHead = (): Promise<string> => Promise.reject(new Error('Call routes() before.'))

  const rig: Live = {
    exchange,
    provider,
    entries,
    events,
    traffic,
    decorate: {},
    send,
    async routes() {
      const signedIn = async (client: 'hub' | 'legacy') => {
        const answer = await redeem(client, await codeOf(client))
        const tokens: { access_token: string; refresh_token: string } = JSON.parse(answer.body)
        return { ...tokens, nonce: String(answer.headers['dpop-nonce']) }
      }
      const [hubCode, legacyCode] = [await codeOf('hub'), await codeOf('legacy')]
      const [hub, legacy] = [await signedIn('hub'), await signedIn('legacy')]
      const { access_token: token, refresh_token: handle, nonce } = hub
      relayHead = async () => {
        const headers = Object.entries(await signed('/hub/api/user', token, nonce))
        const lines = [['host', 'exchange.localhost'], ...headers].map((pair) => pair.join(': '))
        return ['GET /hub/api/user HTTP/1.1', ...lines, '', ''].join('\r\n')
      }
      return {
        discovery: () => send('GET', authorizePath('op')),
        'request token': () => send('GET', authorizePath('legacy')),
        code: () => redeem('hub', hubCode),
        verifier: () => redeem('legacy', legacyCode),
        refresh: () =>
          post('/hub/token', { grant_type: 'refresh_token', refresh_token: handle }, nonce),
        revoke: () => post('/hub/revoke', { token }),
        relay: () => call('/hub/api/user', token, nonce),
        'signed relay': () => call('/legacy/api/users/me', legacy.access_token, legacy.nonce),
      }
    },
    relayHead: () => relayHead(),
    async close() {
      await exchange.close()
      await provider.close()
    },
  }
  return rig
}
