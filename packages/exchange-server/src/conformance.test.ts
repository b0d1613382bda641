import { github } from '@spa-dance/providers/github'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startExchange, type RunningExchange } from './node/index.ts'
import { cookieOf, options, reply, upstream } from './testing-internal/harness.ts'

const redirectUri = 'http://127.0.0.1:7777/cb'
const provider = upstream()
let exchange: RunningExchange

const grant = (n: number, more = {}) =>
  reply({ access_token: `gho_${n}`, token_type: 'bearer', scope: 'read:user', ...more })

beforeAll(async () => {
  exchange = await startExchange({
    port: 0,
    ...options({
      baseUrl: 'http://127.0.0.1:0',
      fetch: provider.fetch,
      clients: {
        github: { provider: github(), clientId: 'gh-id', clientSecret: 'gh-SECRET' },
        sealed: { provider: github(), clientId: 'gh-id', clientSecret: 'gh-SECRET', relay: true },
      },
    }),
  })
})
afterAll(() => exchange.close())

/** Follows the redirects as a browser would, the provider approving at once. */
async function approve(url: URL): Promise<URL> {
  const sent = await fetch(url, { redirect: 'manual' })
  const there = new URL(sent.headers.get('location') ?? '')
  const back = new URL(there.searchParams.get('redirect_uri') ?? '')
  back.searchParams.set('state', there.searchParams.get('state') ?? '')
  back.searchParams.set('code', 'upstream-code')
  const home = await fetch(back, { redirect: 'manual', headers: { cookie: cookieOf(sent) } })
  return new URL(home.headers.get('location') ?? '')
}

const answers = () =>
  provider.on(
    'github.com/login/oauth/access_token',
    grant(1, { expires_in: 28_800, refresh_token: 'ghr_1' }),
    grant(2, { expires_in: 28_800, refresh_token: 'ghr_2' }),
  )

describe('openid-client, a client that others wrote', () => {
  it('discovers, signs in with PKCE and DPoP, refreshes and revokes', async () => {
    answers()
    provider.on(
      'api.github.com/applications/gh-id/token',
      () => new Response(null, { status: 204 }),
    )
    const config = await client.discovery(
      new URL(`${exchange.url}/github`),
      'native',
      undefined,
      client.None(),
      { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
    )
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const expectedState = client.randomState()
    const home = await approve(
      client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: expectedState,
        scope: 'read:user',
      }),
    )
    const tokens = await client.authorizationCodeGrant(
      config,
      home,
      { pkceCodeVerifier, expectedState },
      undefined,
      { DPoP },
    )
    expect(tokens).toMatchObject({
      access_token: 'gho_1',
      token_type: 'bearer',
      scope: 'read:user',
    })
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', {}, { DPoP })
    expect(renewed.access_token).toBe('gho_2')
    await client.tokenRevocation(config, renewed.refresh_token ?? '')
    expect(provider.seen.at(-1)).toMatchObject({ method: 'DELETE' })
  })

  it('gets a relayed answer with a sealed token', async () => {
    answers()
    provider.on('api.github.com/user', reply({ login: 'octocat' }))
    const config = await client.discovery(
      new URL(`${exchange.url}/sealed`),
      'native',
      undefined,
      client.None(),
      { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
    )
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const home = await approve(
      client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      }),
    )
    const tokens = await client.authorizationCodeGrant(
      config,
      home,
      { pkceCodeVerifier },
      undefined,
      { DPoP },
    )
    expect(tokens.token_type).toBe('dpop')
    const answer = await client.fetchProtectedResource(
      config,
      tokens.access_token,
      new URL(`${exchange.url}/sealed/api/user`),
      'GET',
      undefined,
      undefined,
      { DPoP },
    )
    expect(await answer.json()).toEqual({ login: 'octocat' })
    expect(provider.seen.at(-1)?.headers.get('authorization')).toBe('Bearer gho_1')
  })
})

describe('oauth4webapi, another one', () => {
  it('discovers, signs in with PKCE and DPoP, refreshes and revokes', async () => {
    answers()
    const insecure = { [oauth.allowInsecureRequests]: true }
    const issuer = new URL(`${exchange.url}/github`)
    const as = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
    )
    const self: oauth.Client = { client_id: 'native' }
    const none = oauth.None()
    const DPoP = oauth.DPoP(self, await oauth.generateKeyPair('ES256'))
    const codeVerifier = oauth.generateRandomCodeVerifier()
    const url = new URL(as.authorization_endpoint ?? '')
    url.search = new URLSearchParams({
      client_id: 'native',
      redirect_uri: redirectUri,
      response_type: 'code',
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state: 'a-state',
    }).toString()
    const params = oauth.validateAuthResponse(as, self, await approve(url), 'a-state')
    const bound = { DPoP, ...insecure }
    const tokens = await oauth.processAuthorizationCodeResponse(
      as,
      self,
      await oauth.authorizationCodeGrantRequest(
        as,
        self,
        none,
        params,
        redirectUri,
        codeVerifier,
        bound,
      ),
    )
    expect(tokens.access_token).toBe('gho_1')
    const renewed = await oauth.processRefreshTokenResponse(
      as,
      self,
      await oauth.refreshTokenGrantRequest(as, self, none, tokens.refresh_token ?? '', bound),
    )
    expect(renewed.access_token).toBe('gho_2')
    const revoked = await oauth.revocationRequest(
      as,
      self,
      none,
      renewed.refresh_token ?? '',
      insecure,
    )
    await oauth.processRevocationResponse(revoked)
    expect(revoked.status).toBe(200)
  })
})
