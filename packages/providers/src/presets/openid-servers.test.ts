import { describe, expect, it } from 'vitest'
import { authorizationParams } from '../protocol/authorization.ts'
import { checkProvider } from '../protocol/check.ts'
import { discoveryUrl, resolveDiscovery } from '../protocol/discovery.ts'
import type { OidcProvider } from '../types.ts'
import { auth0 } from './auth0.ts'
import { keycloak } from './keycloak.ts'
import { okta } from './okta.ts'

/** Where each service prints its document, and which issuer it prints there. */
const servers: readonly (readonly [OidcProvider, document: string, issuer: string])[] = [
  [
    auth0({ domain: 'Example.eu.auth0.com' }),
    'https://example.eu.auth0.com/.well-known/openid-configuration',
    'https://example.eu.auth0.com/',
  ],
  [
    okta({ domain: 'example.okta.com' }),
    'https://example.okta.com/oauth2/default/.well-known/openid-configuration',
    'https://example.okta.com/oauth2/default',
  ],
  [
    okta({ domain: 'example.okta.com', authorizationServer: 'aus1abcdEFGH' }),
    'https://example.okta.com/oauth2/aus1abcdEFGH/.well-known/openid-configuration',
    'https://example.okta.com/oauth2/aus1abcdEFGH',
  ],
  [
    okta({ domain: 'login.example.com', authorizationServer: 'org' }),
    'https://login.example.com/.well-known/openid-configuration',
    'https://login.example.com',
  ],
  [
    keycloak({ baseUrl: 'https://sso.example.com/', realm: 'my.realm-1' }),
    'https://sso.example.com/realms/my.realm-1/.well-known/openid-configuration',
    'https://sso.example.com/realms/my.realm-1',
  ],
  [
    keycloak({ baseUrl: 'https://sso.example.com/auth', realm: 'main' }),
    'https://sso.example.com/auth/realms/main/.well-known/openid-configuration',
    'https://sso.example.com/auth/realms/main',
  ],
]

it.each(servers)('names the issuer as it is printed: %o', (provider, document, issuer) => {
  expect(provider.issuer).toBe(issuer)
  expect(discoveryUrl(provider.issuer)).toBe(document)
  expect(checkProvider(provider)).toEqual([])
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    revocation_endpoint: `${issuer}/revoke`,
  }
  expect(resolveDiscovery(provider, metadata)).toMatchObject({
    route: 'direct',
    scopes: ['openid', 'profile', 'email'],
    revocation: { url: `${issuer}/revoke`, ends: 'token' },
  })
})

describe('what makes no part of a URL', () => {
  const wrong = ['', 'https://a.example', 'a.example/', 'a.example:8443', 'a.example?b', 'a b.c']
  it.each([...wrong, 'localhost', 'a.example#b', 'u@a.example'])('is no domain: "%s"', (domain) => {
    expect(() => auth0({ domain })).toThrow('auth0() needs a domain like "example.eu.auth0.com"')
    expect(() => okta({ domain })).toThrow('okta() needs a domain like "example.okta.com"')
  })

  it.each(['', '..', 'a/b', 'a b', 'a?b', 'a#b', '%2e%2e'])(
    'is neither server nor realm: "%s"',
    (id) => {
      expect(() => okta({ domain: 'example.okta.com', authorizationServer: id })).toThrow(
        "okta() needs an authorization server's id",
      )
      expect(() => keycloak({ baseUrl: 'https://sso.example.com', realm: id })).toThrow(
        'keycloak() needs the name of a realm',
      )
    },
  )

  it.each([
    '',
    'sso.example.com',
    'https://sso.example.com?a',
    'https://u@sso.example.com',
    'ftp://a',
  ])('is no baseUrl: "%s"', (baseUrl) => {
    expect(() => keycloak({ baseUrl, realm: 'main' })).toThrow('keycloak() needs a baseUrl like')
  })
})

it('sends each service what it is told, under its own names', () => {
  const domain = 'example.com'
  const told = { audience: 'https://api.example.com', organization: 'org_1', connection: 'github' }
  expect(authorizationParams(auth0({ domain, ...told }))).toEqual(told)
  expect(authorizationParams(okta({ domain, idp: '0oa1' }))).toEqual({ idp: '0oa1' })
  const baseUrl = 'https://sso.example.com'
  expect(authorizationParams(keycloak({ baseUrl, realm: 'main', idpHint: 'google' }))).toEqual({
    kc_idp_hint: 'google',
  })
  expect(auth0({ domain, route: 'exchange', scopes: ['openid'] })).toMatchObject({
    route: 'exchange',
    scopes: ['openid'],
  })
})
