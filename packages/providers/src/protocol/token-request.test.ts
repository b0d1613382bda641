import { expect, it } from 'vitest'
import type { OAuth2Provider } from '../types.ts'
import { revocationRequest } from './revocation.ts'
import { tokenRequest } from './token-request.ts'

const provider: OAuth2Provider = {
  id: 'acme',
  name: 'Acme',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: { url: 'https://acme.example/authorize' },
  token: { url: 'https://acme.example/token', params: { audience: 'api' } },
  api: { baseUrl: 'https://api.acme.example/', cors: true },
}
const code = {
  type: 'authorization_code',
  code: 'the code',
  redirectUri: 'https://auth.example/acme/callback',
  codeVerifier: 'v',
} as const
const withToken = (token: Partial<OAuth2Provider['token']>): OAuth2Provider => ({
  ...provider,
  token: { ...provider.token, ...token },
})
const form = (body: string): Record<string, string> => Object.fromEntries(new URLSearchParams(body))

it('swaps a code in a form, with the secret in the body', () => {
  const request = tokenRequest(provider, { clientId: 'id', clientSecret: 'shh' }, code)
  expect(request.url).toBe('https://acme.example/token')
  expect(request.method).toBe('POST')
  expect(request.headers['Content-Type']).toBe('application/x-www-form-urlencoded')
  expect(form(request.body)).toEqual({
    audience: 'api',
    grant_type: 'authorization_code',
    code: 'the code',
    redirect_uri: 'https://auth.example/acme/callback',
    code_verifier: 'v',
    client_id: 'id',
    client_secret: 'shh',
  })
})

it('form-encodes id and secret before it joins them for Basic (RFC 6749 §2.3.1)', () => {
  const request = tokenRequest(
    withToken({ clientAuth: 'basic' }),
    { clientId: 'i d', clientSecret: 'p%+:ä' },
    code,
  )
  expect(atob(request.headers['Authorization']?.slice(6) ?? '')).toBe('i+d:p%25%2B%3A%C3%A4')
  expect(form(request.body)).not.toHaveProperty('client_secret')
})

it('names the client and no secret where there is none', () => {
  const request = tokenRequest(withToken({ clientAuth: 'none' }), { clientId: 'id' }, code)
  expect(form(request.body)).toMatchObject({ client_id: 'id' })
  expect(request.body).not.toContain('secret')
})

it('sends an assertion in place of a secret (RFC 7523 §2.2)', () => {
  const registration = { clientId: 'id', clientAssertion: 'a.b.c' }
  const request = tokenRequest(
    withToken({ clientAuth: 'private_key_jwt' }),
    { ...registration, clientSecret: 'shh' },
    code,
  )
  expect(form(request.body)).toMatchObject({
    client_id: 'id',
    client_assertion: 'a.b.c',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  })
  expect(request.body).not.toContain('shh')
  expect(tokenRequest(provider, registration, code).body).not.toContain('assertion')
})

it('sends JSON to a provider that wants it', () => {
  const request = tokenRequest(withToken({ encoding: 'json' }), { clientId: 'id' }, code)
  expect(request.headers['Content-Type']).toBe('application/json')
  expect(JSON.parse(request.body)).toMatchObject({
    grant_type: 'authorization_code',
    code: 'the code',
  })
})

it('refreshes with the parameters of a refresh', () => {
  const request = tokenRequest(
    withToken({ refreshParams: { redirect: 'x' } }),
    { clientId: 'id' },
    { type: 'refresh_token', refreshToken: 'r', scopes: ['a', 'b'] },
  )
  expect(form(request.body)).toEqual({
    audience: 'api',
    redirect: 'x',
    grant_type: 'refresh_token',
    refresh_token: 'r',
    scope: 'a b',
    client_id: 'id',
  })
})

it('writes its own parameters after the hook, which can replace none of them', () => {
  const hostile: OAuth2Provider = {
    ...provider,
    hooks: {
      tokenRequest(params) {
        for (const name of ['grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id']) {
          params.append(name, 'evil')
        }
      },
    },
  }
  expect(tokenRequest(hostile, { clientId: 'id' }, code).body).not.toContain('evil')
})

it('gives back the refresh token if it is held, else the access token (RFC 7009)', () => {
  const revocable: OAuth2Provider = {
    ...provider,
    revocation: { url: 'https://acme.example/revoke', ends: 'token' },
  }
  const body = (held: object) =>
    form(revocationRequest(revocable, { clientId: 'id' }, held)?.body ?? '')
  expect(body({ accessToken: 'a', refreshToken: 'r' })).toEqual({
    token: 'r',
    token_type_hint: 'refresh_token',
    client_id: 'id',
  })
  expect(body({ accessToken: 'a' })).toMatchObject({ token: 'a', token_type_hint: 'access_token' })
  expect(revocationRequest(revocable, { clientId: 'id' }, {})).toBeUndefined()
  expect(revocationRequest(provider, { clientId: 'id' }, { accessToken: 'a' })).toBeUndefined()
})

it('names the redirect URI at a refresh only to who asks for it', () => {
  const grant = {
    type: 'refresh_token',
    refreshToken: 'r',
    redirectUri: 'https://a.example',
  } as const
  const sent = (token: OAuth2Provider['token']) =>
    form(tokenRequest({ ...provider, token }, { clientId: 'id' }, grant).body)
  expect(sent(provider.token)).not.toHaveProperty('redirect_uri')
  expect(sent({ ...provider.token, refreshRedirectUri: true })).toMatchObject({
    redirect_uri: 'https://a.example',
  })
})

it('repeats the scopes that were asked for only where the declaration says so', () => {
  const asked = ['User.Read', 'Mail.Read']
  const refresh = { type: 'refresh_token', refreshToken: 'r', asked } as const
  const scope = (provider: OAuth2Provider, grant: Parameters<typeof tokenRequest>[2]) =>
    form(tokenRequest(provider, { clientId: 'id' }, grant).body)['scope']
  for (const grant of [{ ...code, asked }, refresh]) {
    expect(scope(provider, grant)).toBeUndefined()
    expect(scope(withToken({ repeatsScopes: true }), grant)).toBe('User.Read Mail.Read')
  }
  const narrowed = { ...refresh, scopes: ['User.Read'] }
  expect(scope(withToken({ repeatsScopes: true }), narrowed)).toBe('User.Read')
  expect(scope(provider, narrowed)).toBe('User.Read')
})
