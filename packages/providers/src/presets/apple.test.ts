import { expect, it } from 'vitest'
import { authorizationUrl } from '../protocol/authorization.ts'
import { checkProvider } from '../protocol/check.ts'
import { apple } from './apple.ts'
import { testPreset } from './preset.contract.ts'

testPreset(apple(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'a',
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: 'r',
      id_token: 'x.y.z',
    }),
  },
})

it('has Apple answer by a form, which no page could read', () => {
  const { searchParams } = authorizationUrl(apple(), {
    clientId: 'id',
    redirectUri: 'https://auth.example.com/apple/callback',
    state: 's',
    scopes: ['openid', 'email'],
  })
  expect(searchParams.get('response_mode')).toBe('form_post')
  expect(searchParams.has('code_challenge')).toBe(false)
  expect(checkProvider({ ...apple(), route: 'direct' }).join()).toContain('formPost')
})
