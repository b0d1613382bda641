import { expect, it } from 'vitest'
import { custom } from '../presets/custom.ts'
import type { OAuth2Provider } from '../types.ts'
import { authorizationParams, authorizationUrl } from './authorization.ts'

const provider: OAuth2Provider = {
  id: 'acme',
  name: 'Acme',
  protocol: 'oauth2',
  route: 'direct',
  authorization: {
    url: 'https://acme.example/authorize?tenant=a',
    params: { audience: 'api', unset: undefined },
    accepts: ['screen'],
  },
  token: { url: 'https://acme.example/token' },
  api: { baseUrl: 'https://api.acme.example/', cors: true },
}
const request = {
  clientId: 'c',
  redirectUri: 'https://app.example/callback/acme',
  state: 's',
  scopes: ['a', 'b'],
  codeChallenge: 'ch',
}

it("writes the protocol's parameters beside the declared ones", () => {
  expect(
    Object.fromEntries(authorizationUrl(provider, { ...request, nonce: 'n' }).searchParams),
  ).toEqual({
    tenant: 'a',
    audience: 'api',
    scope: 'a b',
    response_type: 'code',
    client_id: 'c',
    redirect_uri: 'https://app.example/callback/acme',
    state: 's',
    code_challenge: 'ch',
    code_challenge_method: 'S256',
    nonce: 'n',
  })
})

it('joins scopes with the separator of the provider', () => {
  const url = authorizationUrl({ ...provider, scopeSeparator: { request: ',' } }, request)
  expect(url.searchParams.get('scope')).toBe('a,b')
})

it('sends no challenge to a provider that rejects it', () => {
  const url = authorizationUrl(
    { ...provider, pkce: false },
    { ...request, codeChallenge: undefined },
  )
  expect(url.searchParams.has('code_challenge')).toBe(false)
  expect(url.searchParams.has('code_challenge_method')).toBe(false)
})

it('writes the guards last, so that a hook can replace none of them', () => {
  const hostile: OAuth2Provider = {
    ...provider,
    authorization: {
      url: 'https://acme.example/authorize?state=evil&response_type=token',
      params: { client_id: 'evil', redirect_uri: 'https://evil.example' },
    },
    hooks: {
      authorization(params) {
        for (const name of ['state', 'code_challenge', 'code_challenge_method', 'nonce']) {
          params.set(name, 'evil')
          params.append(name, 'evil')
        }
        params.append('client_id', 'evil')
        params.append('redirect_uri', 'https://evil.example')
        params.append('response_type', 'token')
      },
    },
  }
  expect(authorizationUrl(hostile, request).search).not.toContain('evil')
  expect(authorizationUrl(hostile, request).searchParams.getAll('response_type')).toEqual(['code'])
})

it('lets a declaration make its own challenge, and neither one where there is none nor another method', () => {
  const own: OAuth2Provider = { ...provider, hooks: { challenge: (s256) => `own ${s256}` } }
  const query = authorizationUrl(own, { ...request, codeChallenge: 'abc' }).searchParams
  expect(query.get('code_challenge')).toBe('own abc')
  expect(query.get('code_challenge_method')).toBe('S256')
  const without = authorizationUrl(own, { ...request, codeChallenge: undefined }).searchParams
  expect(without.has('code_challenge')).toBe(false)
})

it('takes from a login only what the declaration accepts, and never a guard', () => {
  expect(
    authorizationParams(
      {
        authorization: {
          ...provider.authorization,
          accepts: ['screen', 'state', 'code_challenge'],
        },
      },
      { params: { screen: 'signup', other: 'x', state: 'evil', code_challenge: 'evil' } },
    ),
  ).toEqual({ audience: 'api', screen: 'signup' })
})

it('refuses a declaration that carries parameters of the protocol, naming each', () => {
  const declare = () =>
    custom({
      ...provider,
      id: 'Acme!',
      authorization: {
        url: 'javascript:alert(1)',
        params: { state: 'x', response_mode: 'fragment' },
        accepts: ['code_challenge_method'],
      },
      token: { url: 'http://acme.example/token', params: { client_secret: 'x' } },
      api: { baseUrl: 'https://api.acme.example', cors: true },
    })
  expect(declare).toThrow(TypeError)
  for (const part of [
    'id is "Acme!"',
    'authorization.url is "javascript:alert(1)"',
    '"state"',
    '"response_mode"',
    '"code_challenge_method"',
    'token.url is "http://acme.example/token"',
    '"client_secret"',
    'must end in "/"',
  ]) {
    expect(declare).toThrow(part)
  }
})
