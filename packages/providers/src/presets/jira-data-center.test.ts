import { expect, it } from 'vitest'
import { checkProvider } from '../protocol/check.ts'
import { tokenRequest } from '../protocol/token-request.ts'
import { jiraDataCenter } from './jira-data-center.ts'
import { testPreset } from './preset.contract.ts'

testPreset(jiraDataCenter({ baseUrl: 'https://jira.example.com/jira' }), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'a',
      token_type: 'bearer',
      expires_in: 7200,
      refresh_token: 'r',
      created_at: 1607635748,
    }),
  },
  profile: {
    reply: {
      key: 'JIRAUSER10100',
      name: 'ada',
      displayName: 'Ada',
      emailAddress: 'ada@example.com',
      avatarUrls: { '48x48': 'https://jira.example.com/jira/secure/useravatar?ownerId=1' },
    },
    read: {
      id: 'JIRAUSER10100',
      name: 'Ada',
      email: 'ada@example.com',
      picture: 'https://jira.example.com/jira/secure/useravatar?ownerId=1',
    },
  },
})

it.each(['https://jira.example.com', 'https://jira.example.com/', 'http://localhost:8080/jira/'])(
  'puts every endpoint of a Jira at %s below it',
  (baseUrl) => {
    const provider = jiraDataCenter({ baseUrl })
    const base = baseUrl.replace(/\/$/, '')
    expect(provider.authorization.url).toBe(`${base}/rest/oauth2/latest/authorize`)
    expect(provider.token.url).toBe(`${base}/rest/oauth2/latest/token`)
    expect(provider.api.baseUrl).toBe(`${base}/`)
    expect(checkProvider(provider)).toEqual([])
  },
)

it.each([
  '',
  'jira.example.com',
  'https://',
  'https://jira.example.com/?a=b',
  'https://jira.example.com/#a',
  'https://user@jira.example.com',
  'javascript:alert(1)',
])('says what baseUrl to give in place of "%s"', (baseUrl) => {
  expect(() => jiraDataCenter({ baseUrl })).toThrow(
    'jiraDataCenter() needs a baseUrl like "https://jira.example.com/jira"',
  )
})

it('names the redirect URI to Jira at a refresh', () => {
  const { body } = tokenRequest(
    jiraDataCenter({ baseUrl: 'https://jira.example.com' }),
    { clientId: 'id', clientSecret: 'shh' },
    { type: 'refresh_token', refreshToken: 'r', redirectUri: 'https://auth.example.com/cb' },
  )
  expect(new URLSearchParams(body).get('redirect_uri')).toBe('https://auth.example.com/cb')
})
