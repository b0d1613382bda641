import { expect, it } from 'vitest'
import { checkProvider } from '../protocol/check.ts'
import { authorizationUrl } from '../protocol/authorization.ts'
import { readTokenReply } from '../protocol/token-reply.ts'
import { withLearnt } from '../protocol/with-learnt.ts'
import { testPreset } from './preset.contract.ts'
import { zoho } from './zoho.ts'

/** As Zoho's page on several data centres shows it. */
const reply = {
  access_token: '1000.2dea',
  refresh_token: '1000.18e9',
  api_domain: 'https://www.zohoapis.eu',
  token_type: 'Bearer',
  expires_in: 3600,
}

testPreset(zoho(), {
  tokenReply: { body: JSON.stringify(reply) },
  profile: {
    reply: { First_Name: 'Ada', Email: 'ada@example.com', Display_Name: 'Ada', ZUID: 123_446 },
    read: { id: '123446', name: 'Ada', email: 'ada@example.com' },
  },
})

it('asks for a refresh token with each login', () => {
  const { searchParams } = authorizationUrl(zoho(), {
    clientId: 'id',
    redirectUri: 'https://auth.example.com/zoho/callback',
    state: 's',
    scopes: ['AaaServer.profile.READ', 'ZohoCRM.users.READ'],
  })
  expect(Object.fromEntries(searchParams)).toMatchObject({
    access_type: 'offline',
    prompt: 'consent',
    scope: 'AaaServer.profile.READ,ZohoCRM.users.READ',
  })
})

it('calls a code that Zoho does not know, under status 200, a dead grant', () => {
  expect(readTokenReply(zoho(), 200, '{"error":"invalid_code"}')).toMatchObject({ dead: true })
})

it.each([
  ['https://accounts.zoho.com', 'https://www.zohoapis.com'],
  ['https://accounts.zoho.eu', 'https://www.zohoapis.eu'],
  ['https://accounts.zoho.in', 'https://www.zohoapis.in'],
  ['https://accounts.zoho.com.au', 'https://www.zohoapis.com.au'],
  ['https://accounts.zoho.jp', 'https://www.zohoapis.jp'],
  ['https://accounts.zohocloud.ca', 'https://www.zohoapis.ca'],
  ['https://accounts.zoho.sa', 'https://www.zohoapis.sa'],
  ['https://accounts.zoho.uk', 'https://www.zohoapis.uk'],
  ['https://accounts.zoho.com.cn', 'https://www.zohoapis.com.cn'],
])('moves to the data centre of %s', (tokenOrigin, apiOrigin) => {
  const body = JSON.stringify({ ...reply, api_domain: apiOrigin })
  expect(readTokenReply(zoho(), 200, body)).toMatchObject({ tokens: { apiOrigin } })
  const { token, revocation, api, profile } = withLearnt(zoho(), { tokenOrigin, apiOrigin })
  expect(token.url).toBe(`${tokenOrigin}/oauth/v2/token`)
  expect(revocation?.url).toBe(`${tokenOrigin}/oauth/v2/token/revoke`)
  expect(api).toMatchObject({
    baseUrl: `${apiOrigin}/`,
    alsoAllowed: [`${tokenOrigin}/oauth/user/info`],
  })
  expect(profile?.path).toBe(`${tokenOrigin}/oauth/user/info`)
})

it.each(['https://www.zohoapis.evil', 'https://zohoapis.eu', 'https://crm.zoho.eu'])(
  'X-58: takes no API at %s',
  (api_domain) => {
    const body = JSON.stringify({ ...reply, api_domain })
    expect(readTokenReply(zoho(), 200, body)).toMatchObject({ kind: 'unreadable' })
  },
)

it('may begin in another data centre', () => {
  expect(zoho({ dataCentre: 'com.cn' }).authorization.url).toBe(
    'https://accounts.zoho.com.cn/oauth/v2/auth',
  )
  expect(zoho({ dataCentre: 'ca' })).toMatchObject({
    token: { url: 'https://accounts.zohocloud.ca/oauth/v2/token' },
    api: { baseUrl: 'https://www.zohoapis.ca/' },
  })
})

it('can not begin where no data centre is', () => {
  expect(checkProvider(zoho({ dataCentre: 'evil.example' as never }))).toEqual([
    expect.stringContaining('learnt.tokenOrigin.within lacks https://accounts.zoho.evil.example'),
    expect.stringContaining('learnt.apiOrigin.within lacks https://www.zohoapis.evil.example'),
  ])
})
