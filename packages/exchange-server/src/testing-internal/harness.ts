import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'
import { SignJWT, base64url, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { Hono } from 'hono'
import { createExchangeServer } from '../server.ts'
import type { ExchangeOptions } from '../types.ts'

export const sealKey = 'k1:q7vXQm3dVt0Q4g2Yh6m1b9s8ZxK5jN0aLcEwRfUoPiA'
export const baseUrl = 'https://auth.example.com'
export const page = 'https://app.example.com'

/** A seal key of its own for each call. */
export const newSealKey = (kid: string): string =>
  `${kid}:${base64url.encode(crypto.getRandomValues(new Uint8Array(32)))}`

export const options = (more: Partial<ExchangeOptions> = {}): ExchangeOptions => ({
  baseUrl,
  apps: {
    spa: { redirectUris: [`${page}/callback/{client}`] },
    other: { redirectUris: ['https://other.example.com/callback/{client}'] },
    native: { redirectUris: ['http://127.0.0.1:7777/cb'], browserless: true },
  },
  clients: {
    github: { provider: github(), clientId: 'gh-id', clientSecret: 'gh-SECRET' },
    twitter: { provider: twitter(), consumerKey: 'tw-key', consumerSecret: 'tw-SECRET' },
  },
  sealKeys: [sealKey],
  ...more,
})

/** A request that reached the scripted provider. */
export interface Seen {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body: string
  readonly redirect: RequestRedirect | undefined
}

/** A provider that answers as it is told, and remembers what it was asked. */
export interface Upstream {
  readonly seen: Seen[]
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** The answers of a host and path, the last one for ever. */
  on(address: string, ...answers: (() => Response | Promise<Response>)[]): void
}

export function upstream(): Upstream {
  const seen: Seen[] = []
  const scripts = new Map<string, (() => Response | Promise<Response>)[]>()
  return {
    seen,
    on: (address, ...answers) => void scripts.set(address, answers),
    async fetch(url, init) {
      const parsed = new URL(url)
      const body = await new Response(init.body ?? null).text()
      const headers = new Headers(init.headers)
      seen.push({
        url: parsed,
        method: init.method ?? 'GET',
        headers,
        body,
        redirect: init.redirect,
      })
      const script = scripts.get(parsed.host + parsed.pathname)
      const answer = script && (script.length > 1 ? script.shift() : script[0])
      if (!answer) throw new Error(`nothing is scripted for ${parsed.host}${parsed.pathname}`)
      return answer()
    },
  }
}

export const reply =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (): Response =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })

/** A browser's key, and its proofs. */
export interface Dpop {
  readonly jkt: string
  proof(method: string, url: string, more?: Record<string, unknown>): Promise<string>
}

export async function dpop(): Promise<Dpop> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  return {
    jkt: await calculateJwkThumbprint(jwk),
    proof: (htm, htu, more = {}) =>
      new SignJWT({
        htm,
        htu,
        jti: crypto.randomUUID(),
        iat: Math.floor(Date.now() / 1000),
        ...more,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .sign(privateKey),
  }
}

export const ath = async (token: string): Promise<string> =>
  base64url.encode(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))),
  )

/** RFC 7636 appendix B. */
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

/** An exchange with a browser of its own in front of it. */
export interface Rig {
  readonly app: Hono
  readonly upstream: Upstream
  readonly key: Dpop
  /** `GET /<client>/authorize`; a parameter that is undefined is left out. */
  authorize(client: string, more?: Record<string, string | undefined>): Promise<Response>
  /** The whole way to a code, the provider's answer being `params`. */
  code(
    client: string,
    params: Record<string, string>,
    more?: Record<string, string | undefined>,
  ): Promise<string>
  /** A form POST by the page; `dpop: null` sends no proof. */
  post(
    path: string,
    form: Record<string, string | undefined>,
    init?: { dpop?: Dpop | null; nonce?: string | undefined; headers?: Record<string, string> },
  ): Promise<Response>
}

export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .filter((line) => !line.includes('Max-Age=0'))
    .map((line) => line.split(';')[0])
    .join('; ')

export async function rig(more: Partial<ExchangeOptions> = {}): Promise<Rig> {
  const provider = upstream()
  const app = createExchangeServer(options({ fetch: provider.fetch, ...more }))
  const key = await dpop()
  const defined = (params: Record<string, string | undefined>): URLSearchParams =>
    new URLSearchParams(
      Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined),
    )

  const authorize: Rig['authorize'] = async (client, extra = {}) =>
    app.request(
      `${baseUrl}/${client}/authorize?${defined({
        response_type: 'code',
        client_id: 'spa',
        redirect_uri: `${page}/callback/${client}`,
        state: 'page-state',
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...extra,
      })}`,
    )
  return {
    app,
    upstream: provider,
    key,
    authorize,
    async code(client, params, extra) {
      const sent = await authorize(client, extra)
      const state = new URL(sent.headers.get('location') ?? '').searchParams.get('state')
      const query = defined({ ...(state !== null && { state }), ...params })
      const back = await app.request(`${baseUrl}/${client}/callback?${query}`, {
        headers: { cookie: cookieOf(sent) },
      })
      return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
    },
    async post(path, form, { dpop: by = key, nonce, headers = {} } = {}) {
      const proof =
        by && (await by.proof('POST', baseUrl + path, nonce === undefined ? {} : { nonce }))
      return app.request(baseUrl + path, {
        method: 'POST',
        headers: {
          origin: page,
          'content-type': 'application/x-www-form-urlencoded',
          ...(proof && { dpop: proof }),
          ...headers,
        },
        body: defined({ client_id: 'spa', ...form }).toString(),
      })
    },
  }
}
