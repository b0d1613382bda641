import { describe, expect, it } from 'vitest'
import { oidc } from '../presets/oidc.ts'
import { discoveryUrl, resolveDiscovery } from './discovery.ts'
import { readProfile } from './profile.ts'
import { apiUrl } from './api-url.ts'

const issuer = 'https://id.example.com'
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/userinfo`,
  revocation_endpoint: `${issuer}/revoke`,
  end_session_endpoint: `${issuer}/logout`,
  authorization_response_iss_parameter_supported: true,
  token_endpoint_auth_methods_supported: ['client_secret_post'],
}

describe('a provider by discovery', () => {
  it('lies below its issuer, with or without a slash at the end', () => {
    expect(discoveryUrl(issuer)).toBe(`${issuer}/.well-known/openid-configuration`)
    expect(discoveryUrl(`${issuer}/`)).toBe(`${issuer}/.well-known/openid-configuration`)
    expect(discoveryUrl(`${issuer}/realms/a`)).toBe(
      `${issuer}/realms/a/.well-known/openid-configuration`,
    )
  })

  it('gets its endpoints from the metadata', () => {
    const provider = resolveDiscovery(
      oidc({ issuer, params: { audience: 'api' }, dpop: true }),
      metadata,
    )
    expect(provider).toMatchObject({
      protocol: 'oauth2',
      route: 'direct',
      authorization: { url: `${issuer}/authorize`, iss: issuer, params: { audience: 'api' } },
      token: { url: `${issuer}/token`, dpop: true },
      openid: { issuer, jwksUrl: `${issuer}/jwks`, endSessionUrl: `${issuer}/logout` },
      revocation: { url: `${issuer}/revoke`, ends: 'token' },
    })
    expect(provider.token.clientAuth).toBeUndefined()
  })

  it('lets the token go to UserInfo and to nothing else', () => {
    const provider = resolveDiscovery(oidc({ issuer }), metadata)
    expect(apiUrl(provider.api, `${issuer}/userinfo`)).toHaveProperty('url')
    expect(apiUrl(provider.api, `${issuer}/anything`)).toHaveProperty('refused')
  })

  it('reads the standard claims as a profile', () => {
    const { profile } = resolveDiscovery(oidc({ issuer }), metadata)
    if (!profile) throw new Error('UserInfo is the profile')
    expect(readProfile(profile, { sub: '1', name: 'Ada', email: 'a@b.example' })).toEqual({
      id: '1',
      name: 'Ada',
      email: 'a@b.example',
    })
  })

  it.each([
    ['basic', undefined, undefined],
    ['basic', ['client_secret_post', 'client_secret_basic'], undefined],
    [undefined, ['client_secret_post'], undefined],
    ['body', ['client_secret_post', 'client_secret_basic'], 'body'],
  ] as const)(
    'authenticates as %j where the metadata offers %j and the app says %j',
    (way, methods, clientAuth) => {
      const provider = oidc({ issuer, ...(clientAuth && { clientAuth }) })
      const offered = { ...metadata, token_endpoint_auth_methods_supported: methods }
      expect(resolveDiscovery(provider, offered).token.clientAuth).toBe(way)
    },
  )

  it.each([
    ['names another issuer', { issuer: 'https://evil.example' }, 'another issuer'],
    ['differs in a slash', { issuer: `${issuer}/` }, 'another issuer'],
    ['names no issuer', { issuer: undefined }, 'another issuer'],
    ['lacks the token endpoint', { token_endpoint: undefined }, 'no token_endpoint'],
    ['lacks the keys', { jwks_uri: '' }, 'no jwks_uri'],
    [
      'points elsewhere by script',
      { authorization_endpoint: 'javascript:alert(1)' },
      'authorization.url',
    ],
    ['leaves https', { token_endpoint: 'http://id.example.com/token' }, 'token.url'],
  ])('is refused when its document %s', (_, change, message) => {
    expect(() => resolveDiscovery(oidc({ issuer }), { ...metadata, ...change })).toThrow(message)
  })

  it.each([null, 'text', [], undefined])('is refused when its document is %j', (document) => {
    expect(() => resolveDiscovery(oidc({ issuer }), document)).toThrow('another issuer')
  })

  it('has to have an https issuer', () => {
    expect(() => oidc({ issuer: 'http://id.example.com' })).toThrow('https URL')
    expect(() => oidc({ issuer: 'not a url' })).toThrow('https URL')
    expect(oidc({ issuer: 'http://127.0.0.1:3000' }).issuer).toBe('http://127.0.0.1:3000')
  })
})
