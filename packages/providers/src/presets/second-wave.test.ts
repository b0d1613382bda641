import { expect, it } from 'vitest'
import { authorizationParams } from '../protocol/authorization.ts'
import { readTokenReply } from '../protocol/token-reply.ts'
import { tokenRequest } from '../protocol/token-request.ts'
import { atlassian } from './atlassian.ts'
import { linkedin } from './linkedin.ts'
import { orcid } from './orcid.ts'
import { testPreset } from './preset.contract.ts'

testPreset(atlassian(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'a',
      refresh_token: 'r',
      expires_in: 3600,
      scope: 'offline_access read:me',
      token_type: 'Bearer',
    }),
    scopes: ['offline_access', 'read:me'],
  },
  profile: {
    reply: {
      account_id: '557058:c6a6',
      email: 'ada@example.com',
      name: 'Ada',
      picture: 'https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/initials/A',
    },
    read: {
      id: '557058:c6a6',
      name: 'Ada',
      email: 'ada@example.com',
      picture: 'https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/initials/A',
    },
  },
})

testPreset(linkedin(), {
  tokenReply: {
    body: JSON.stringify({ access_token: 'a', expires_in: 5_184_000, scope: 'email,openid' }),
    scopes: ['email', 'openid'],
  },
  profile: {
    reply: { sub: '782bbtaQ', name: 'Ada', email: 'ada@example.com', locale: { country: 'GB' } },
    read: { id: '782bbtaQ', name: 'Ada', email: 'ada@example.com' },
  },
})

testPreset(orcid(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'a',
      token_type: 'bearer',
      refresh_token: 'r',
      expires_in: 631_138_518,
      scope: 'openid',
      name: 'Ada',
      orcid: '0000-0002-1825-0097',
    }),
    scopes: ['openid'],
  },
  profile: {
    reply: { sub: '0000-0002-1825-0097', name: null, given_name: 'Ada', family_name: 'Lovelace' },
    read: { id: '0000-0002-1825-0097', name: 'Ada Lovelace' },
  },
})

it('asks Atlassian as its docs say, in JSON, and knows a dead refresh token', () => {
  expect(authorizationParams(atlassian())).toEqual({
    audience: 'api.atlassian.com',
    prompt: 'consent',
  })
  expect(atlassian({ offline: false }).scopes).toEqual(['read:me'])
  const grant = { type: 'refresh_token', refreshToken: 'r' } as const
  const { body, headers } = tokenRequest(
    atlassian(),
    { clientId: 'id', clientSecret: 'shh' },
    grant,
  )
  expect(headers['Content-Type']).toBe('application/json')
  expect(JSON.parse(body)).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'r',
    client_id: 'id',
    client_secret: 'shh',
  })
  const refused = '{"error":"unauthorized_client","error_description":"refresh_token is invalid"}'
  expect(readTokenReply(atlassian(), 403, refused)).toMatchObject({ dead: true })
})

it('knows whose tokens ORCID gave, and keeps to the sandbox where told to', () => {
  const reply = '{"access_token":"a","orcid":"0000-0002-1825-0097"}'
  expect(readTokenReply(orcid(), 200, reply)).toMatchObject({
    tokens: { account: '0000-0002-1825-0097' },
  })
  const text = JSON.stringify(orcid({ sandbox: true }))
  expect(text.match(/https:\/\/[^/"]+/g)?.every((url) => url.endsWith('sandbox.orcid.org'))).toBe(
    true,
  )
})

it('reads a person of ORCID without a family name', () => {
  expect(orcid().profile?.read({ sub: '1', given_name: 'Lin', family_name: null })).toEqual({
    id: '1',
    name: 'Lin',
  })
})
