import { oidc } from '@spa-dance/providers/oidc'
import { base64Url, digest } from '../crypto/text.ts'
import { begin, openBrowser, type Browser } from './dancers.ts'
import { jsonReply, readJwt } from './fake-server.ts'

export const issuer = 'https://op.test/realm/'
export const part = (value: unknown): string =>
  base64Url(new TextEncoder().encode(JSON.stringify(value)))

/** A site with a direct OpenID Provider, which binds tokens to keys. */
export function openOidc(metadata: object = {}): Browser {
  const provider = oidc({ issuer: `${issuer}${Date.now()}`, dpop: true })
  const browser = openBrowser({ clients: { op: { provider, clientId: 'me' } } })
  const own = provider.issuer
  browser.server.route(`${own}/.well-known/openid-configuration`, () =>
    jsonReply({
      issuer: own,
      authorization_endpoint: `${own}/auth`,
      token_endpoint: `${own}/token`,
      jwks_uri: `${own}/jwks`,
      userinfo_endpoint: `${own}/me`,
      revocation_endpoint: `${own}/revoke`,
      authorization_response_iss_parameter_supported: true,
      ...metadata,
    }),
  )
  browser.server.route(`${own}/me`, () => jsonReply({ sub: 'u', name: 'Ada' }))
  return browser
}

/** Signs in with an ID token made of these claims. */
export async function signIn(browser: Browser, claims: object = {}) {
  const { request } = await begin(browser.open('/start'), 'op')
  const own = request.href.replace(/\/auth\?.*/, '')
  const accessToken = `access-${own}`
  const now = Math.floor(Date.now() / 1000)
  const all = {
    iss: own,
    sub: 'u',
    aud: 'me',
    exp: now + 60,
    iat: now,
    nonce: request.searchParams.get('nonce'),
    at_hash: base64Url((await digest(accessToken)).slice(0, 16)),
    ...claims,
  }
  let refused = false
  browser.server.route(`${own}/token`, ({ headers }) => {
    if (!readJwt(headers.get('DPoP') ?? '').claims['nonce']) {
      refused = true
      return jsonReply({ error: 'use_dpop_nonce' }, 400, { 'DPoP-Nonce': 'n1' })
    }
    return jsonReply({
      access_token: accessToken,
      token_type: 'DPoP',
      expires_in: 60,
      refresh_token: 'refresh',
      id_token: `${part({ alg: 'ES256' })}.${part(all)}.sig`,
    })
  })
  const query = new URLSearchParams({
    state: String(request.searchParams.get('state')),
    code: 'c',
    iss: own,
  })
  const { dance, page } = browser.open(`/callback/op?${query}`)
  return { dance, page, result: await dance.ready, own, request, wasRefused: () => refused }
}
