import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { oidc } from '@spa-dance/providers/oidc'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startExchange, type RunningExchange } from './node/index.ts'
import { localhostFetch } from './testing-internal/localhost-fetch.ts'
import { ath, challenge, cookieOf, dpop, sealKey, verifier } from './testing-internal/harness.ts'

const page = 'http://app.localhost:7777'
// RFC 6749 §2.3.1: each of these has to be encoded before id and secret are joined.
const secret = 'a secret: with %, + and &'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let op: Server
let issuer: string
let exchange: RunningExchange
const { fetch, close } = localhostFetch()

beforeAll(async () => {
  op = createServer()
  await new Promise<void>((done) => op.listen(0, '127.0.0.1', done))
  issuer = `http://op.localhost:${(op.address() as AddressInfo).port}`
  exchange = await startExchange({
    port: 0,
    baseUrl: 'http://exchange.localhost:0',
    apps: { spa: { redirectUris: [`${page}/callback/{client}`] } },
    clients: {
      op: {
        provider: oidc({
          issuer,
          route: 'exchange',
          scopes: ['openid', 'profile', 'offline_access'],
          params: { prompt: 'consent' },
        }),
        clientId: 'web',
        clientSecret: secret,
      },
      sealed: {
        provider: oidc({ issuer, route: 'exchange' }),
        clientId: 'web',
        clientSecret: secret,
        relay: true,
      },
      signed: {
        provider: oidc({ issuer, route: 'exchange', clientAuth: 'private_key_jwt' }),
        clientId: 'signed',
        signingKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      },
    },
    sealKeys: [sealKey],
  })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'web',
        client_secret: secret,
        redirect_uris: ['op', 'sealed'].map((name) => `${exchange.url}/${name}/callback`),
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
      {
        client_id: 'signed',
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        jwks: { keys: [publicKey.export({ format: 'jwk' })] },
        redirect_uris: [`${exchange.url}/signed/callback`],
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'RS256' },
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
    rotateRefreshToken: true,
    cookies: { keys: ['k1'] },
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      IdToken: 300,
      RefreshToken: 3600,
      Interaction: 600,
      Grant: 3600,
      Session: 3600,
    },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `N ${id}` }) }),
  })
  const callback = provider.callback()
  op.on('request', (request, response) => void callback(request, response))
})
afterAll(async () => {
  await close()
  await exchange.close()
  op.closeAllConnections()
  await new Promise((done) => op.close(done))
})

/** A browser without a screen: follows redirects, keeps the provider's cookies, fills in its forms. */
async function signIn(start: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next: string | URL = start
  let init: RequestInit & { headers?: Record<string, string> } = {}
  for (let step = 0; step < 20; step++) {
    const url = new URL(next)
    if (url.origin === page) return url
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url.href, { ...init, headers: { ...init.headers, cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location) {
      next = new URL(location, url)
      init = {}
      continue
    }
    const html = await answer.text()
    const action = /action="([^"]+)"/.exec(html)?.[1]
    if (!action)
      throw new Error(
        `no form and no redirect at ${url.pathname}: ${answer.status} ${/<pre>[^]*<\/pre>/.exec(html)?.[0]}`,
      )
    const login = html.includes('name="login"')
    next = new URL(action, url)
    init = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(
        login ? { prompt: 'login', login: 'ada', password: 'x' } : { prompt: 'consent' },
      ).toString(),
    }
  }
  throw new Error('the login went in circles')
}

const authorizeUrl = (client: string, nonce: string): string =>
  `${exchange.url}/${client}/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: 'spa',
    redirect_uri: `${page}/callback/${client}`,
    state: 's',
    nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })}`

const post = (path: string, form: Record<string, string>, proof?: string): Promise<Response> =>
  fetch(exchange.url + path, {
    method: 'POST',
    headers: {
      origin: page,
      'content-type': 'application/x-www-form-urlencoded',
      ...(proof && { dpop: proof }),
    },
    body: new URLSearchParams({ client_id: 'spa', ...form }).toString(),
  })

const redeem = async (client: string, nonce: string, key: Awaited<ReturnType<typeof dpop>>) => {
  const home = await signIn(authorizeUrl(client, nonce))
  expect(home.searchParams.get('iss')).toBe(`${exchange.url}/${client}`)
  const answer = await post(
    `/${client}/token`,
    {
      grant_type: 'authorization_code',
      code: home.searchParams.get('code') ?? '',
      code_verifier: verifier,
    },
    await key.proof('POST', `${exchange.url}/${client}/token`),
  )
  return { answer, tokens: await answer.json(), nonce: answer.headers.get('dpop-nonce') ?? '' }
}

describe('oidc-provider behind the exchange', () => {
  it('signs in with its secret, PKCE and DPoP, rotates, and revokes', async () => {
    const key = await dpop()
    const { answer, tokens, nonce } = await redeem('op', 'page-nonce', key)
    expect([answer.status, tokens.error_description]).toEqual([200, undefined])
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      expires_in: 300,
      account: { iss: issuer, id: 'ada' },
      scope: 'profile offline_access',
    })
    expect(tokens.id_token).toBeUndefined()
    const claims = JSON.parse(
      Buffer.from(tokens.provider_id_token.split('.')[1], 'base64url').toString(),
    )
    expect(claims).toMatchObject({ iss: issuer, sub: 'ada', aud: 'web', nonce: 'page-nonce' })

    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    const proof = () => key.proof('POST', `${exchange.url}/op/token`, { nonce })
    const refreshed = await post('/op/token', form, await proof())
    const renewed = await refreshed.json()
    expect([refreshed.status, renewed.error]).toEqual([200, undefined])
    expect(renewed.access_token).not.toBe(tokens.access_token)
    expect(renewed.account).toEqual({ iss: issuer, id: 'ada' })

    expect((await post('/op/revoke', { token: renewed.refresh_token })).status).toBe(200)
    const dead = await post(
      '/op/token',
      { ...form, refresh_token: renewed.refresh_token },
      await proof(),
    )
    expect([dead.status, (await dead.json()).error]).toEqual([400, 'invalid_grant'])
  })

  it('X-12: signs in by an assertion, whose audience and key it checks', async () => {
    const key = await dpop()
    const { answer, tokens } = await redeem('signed', 'n', key)
    expect([answer.status, tokens.error_description]).toEqual([200, undefined])
    expect(tokens.account).toEqual({ iss: issuer, id: 'ada' })
  })

  it('relays to its UserInfo, the last of the APIs that discovery allows', async () => {
    const key = await dpop()
    const { tokens, nonce } = await redeem('sealed', 'n', key)
    expect(tokens.token_type).toBe('DPoP')
    const htu = `${exchange.url}/sealed/api-1`
    const answer = await fetch(htu, {
      headers: {
        origin: page,
        authorization: `DPoP ${tokens.access_token}`,
        dpop: await key.proof('GET', htu, { nonce, ath: await ath(tokens.access_token) }),
      },
    })
    expect([answer.status, await answer.json()]).toEqual([200, { sub: 'ada', name: 'N ada' }])
  })
})

it('keeps the flow in a cookie that a browser takes over http', async () => {
  const sent = await fetch(authorizeUrl('op', 'n'), {})
  expect(cookieOf(sent)).toMatch(/^dance-flow-/)
})
