import { expect, it } from 'vitest'
import { authorizationParams } from '../protocol/authorization.ts'
import { checkProvider } from '../protocol/check.ts'
import { revocationRequest } from '../protocol/revocation.ts'
import { readTokenReply } from '../protocol/token-reply.ts'
import { nylas } from './nylas.ts'
import { testPreset } from './preset.contract.ts'

const reply = {
  access_token: 'a',
  expires_in: 3600,
  id_token: 'x.y.z',
  refresh_token: 'r',
  scope: 'openid https://www.googleapis.com/auth/gmail.readonly',
  token_type: 'Bearer',
  grant_id: 'e19f8e1a-eb1c-41c0-b6a6-d2e59daf7f47',
}

testPreset(nylas(), {
  tokenReply: {
    body: JSON.stringify(reply),
    scopes: ['openid', 'https://www.googleapis.com/auth/gmail.readonly'],
  },
  // Made by OpenSSL: the base64url of the hexadecimal text of the verifier's SHA-256.
  challenge:
    'MTNkMzFlOTYxYTFhZDhlYzJmMTZiMTBjNGM5ODJlMDg3NmE4NzhhZDZkZjE0NDU2NmVlMTg5NGFjYjcwZjljMw',
  profile: {
    reply: {
      request_id: '5967ca40',
      data: { id: 'e19f8e1a', provider: 'google', email: 'ada@example.com', name: 'Ada' },
    },
    read: { id: 'e19f8e1a', name: 'Ada', email: 'ada@example.com' },
  },
})

it('goes to the data centre that it is told, and to no other', () => {
  for (const region of ['us', 'eu'] as const) {
    const { authorization, token, revocation, api } = nylas({ region })
    const urls = [authorization.url, token.url, revocation?.url, api.baseUrl]
    expect(urls.map((url) => url?.split('/v3/')[0])).toEqual(
      urls.map(() => `https://api.${region}.nylas.com`),
    )
  }
})

it('asks Nylas for a refresh token, but not where only the page would have it', () => {
  expect(authorizationParams(nylas())).toEqual({ access_type: 'offline' })
  expect(authorizationParams(nylas({ offline: false }))).toEqual({ access_type: 'online' })
  const direct = nylas({ direct: true, provider: 'google' })
  expect(direct.route).toBe('direct')
  expect(checkProvider(direct)).toEqual([])
  expect(authorizationParams(direct)).toEqual({ access_type: 'online', provider: 'google' })
})

it('knows the grant by the token reply', () => {
  expect(readTokenReply(nylas(), 200, JSON.stringify(reply))).toMatchObject({
    tokens: { account: reply.grant_id },
  })
})

it('gives an access token back to Nylas in the URL, as its own proof', () => {
  const held = { accessToken: 'a b&c', refreshToken: 'r' }
  expect(revocationRequest(nylas(), { clientId: 'id', clientSecret: 'key' }, held)).toEqual({
    url: 'https://api.us.nylas.com/v3/connect/revoke?token=a%20b%26c',
    method: 'POST',
    headers: { Authorization: 'Bearer a b&c' },
  })
})
