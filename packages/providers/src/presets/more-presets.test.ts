import { expect, it } from 'vitest'
import { authorizationParams } from '../protocol/authorization.ts'
import { revocationRequest } from '../protocol/revocation.ts'
import { readTokenReply } from '../protocol/token-reply.ts'
import { tokenRequest } from '../protocol/token-request.ts'
import { digitalocean } from './digitalocean.ts'
import { heroku } from './heroku.ts'
import { notion } from './notion.ts'
import { openstreetmap } from './openstreetmap.ts'
import { testPreset } from './preset.contract.ts'
import { reddit } from './reddit.ts'
import { strava } from './strava.ts'
import { twitch } from './twitch.ts'

const registration = { clientId: 'id', clientSecret: 'shh' }
const refresh = { type: 'refresh_token', refreshToken: 'r' } as const

testPreset(digitalocean(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'doo_v1_1',
      token_type: 'bearer',
      expires_in: 2_592_000,
      refresh_token: 'r',
      scope: 'read write',
      info: { uuid: 'e028b1b918853eca7fba208a9d7e9d29a6e93c57', email: 'sammy@example.com' },
    }),
    scopes: ['read', 'write'],
  },
  profile: {
    reply: { account: { uuid: 'e028', name: 'Sammy', email: 'sammy@example.com' } },
    read: { id: 'e028', name: 'Sammy', email: 'sammy@example.com' },
  },
})

testPreset(heroku(), {
  tokenReply: {
    body: '{"access_token":"HRKU-1","expires_in":28799,"refresh_token":"r","token_type":"Bearer","user_id":"e3","session_nonce":"2b"}',
  },
  profile: {
    reply: { id: 'e3', name: null, email: 'ada@example.com' },
    read: { id: 'e3', email: 'ada@example.com' },
  },
})

testPreset(notion(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'ntn_1',
      token_type: 'bearer',
      refresh_token: 'nrt_1',
      bot_id: 'b',
      workspace_id: 'w',
    }),
  },
  profile: {
    reply: {
      object: 'user',
      id: 'the-bot',
      bot: {
        owner: {
          type: 'user',
          user: {
            id: 'ada',
            name: 'Ada',
            avatar_url: 'https://example.com/1.png',
            person: { email: 'ada@example.com' },
          },
        },
      },
    },
    read: {
      id: 'ada',
      name: 'Ada',
      email: 'ada@example.com',
      picture: 'https://example.com/1.png',
    },
  },
})

testPreset(openstreetmap(), {
  tokenReply: {
    body: '{"access_token":"a","token_type":"Bearer","scope":"read_prefs","created_at":1646669786}',
    scopes: ['read_prefs'],
  },
  profile: {
    reply: { version: '0.6', user: { id: 1, display_name: 'Ada' } },
    read: { id: '1', name: 'Ada' },
  },
})

testPreset(reddit({ userAgent: 'web:com.example.app:v1.0 (by /u/ada)' }), {
  tokenReply: {
    body: '{"access_token":"a","token_type":"bearer","expires_in":86400,"refresh_token":"r","scope":"identity read"}',
    scopes: ['identity', 'read'],
  },
  profile: {
    reply: {
      id: 'abc',
      name: 'ada',
      icon_img: 'https://styles.redditmedia.com/1.png?width=256&s=0',
    },
    read: { id: 'abc', name: 'ada', picture: 'https://styles.redditmedia.com/1.png' },
  },
})

testPreset(strava(), {
  tokenReply: {
    body: '{"token_type":"Bearer","expires_at":1568775134,"expires_in":21600,"refresh_token":"r","access_token":"a","athlete":{"id":1}}',
  },
  profile: {
    reply: { id: 1, firstname: 'Ada', lastname: 'Lovelace', profile: 'avatar/athlete/large.png' },
    read: { id: '1', name: 'Ada Lovelace' },
  },
})

testPreset(twitch({ clientId: 'hof5gwx0su6owfnys0nyan9c87zr6t' }), {
  tokenReply: {
    body: '{"access_token":"a","expires_in":14124,"refresh_token":"r","scope":["channel:moderate","chat:edit"],"token_type":"bearer"}',
    scopes: ['channel:moderate', 'chat:edit'],
  },
  profile: {
    reply: { data: [{ id: '141981764', login: 'twitchdev', display_name: 'TwitchDev' }] },
    read: { id: '141981764', name: 'TwitchDev' },
  },
})

it('says whose token it is that DigitalOcean gave', () => {
  const body = '{"access_token":"a","info":{"uuid":"e028"}}'
  expect(readTokenReply(digitalocean(), 200, body)).toMatchObject({ tokens: { account: 'e028' } })
})

it('names the version of the API to Heroku and to Notion', () => {
  expect(heroku().api.headers).toEqual({ Accept: 'application/vnd.heroku+json; version=3' })
  expect(notion().api.headers).toEqual({ 'Notion-Version': '2022-06-28' })
  expect(notion({ version: '2025-09-03' }).api.headers).toEqual({ 'Notion-Version': '2025-09-03' })
})

it('asks Notion with Basic and JSON, also to give a token back', () => {
  const { headers, body } = tokenRequest(notion(), registration, refresh)
  expect(headers).toMatchObject({
    Authorization: `Basic ${btoa('id:shh')}`,
    'Content-Type': 'application/json',
  })
  expect(JSON.parse(body)).toEqual({ grant_type: 'refresh_token', refresh_token: 'r' })
  const held = { accessToken: 'ntn_1', refreshToken: 'nrt_1' }
  expect(revocationRequest(notion(), registration, held)?.body).toBe('{"token":"ntn_1"}')
})

it('proves itself to Reddit by Basic, without a secret too', () => {
  const basicOf = (installed: boolean) => {
    const provider = reddit({ installed })
    const known = installed ? { clientId: 'id' } : registration
    const { headers, body } = tokenRequest(provider, known, refresh)
    expect(body).not.toMatch(/client_/)
    return headers['Authorization']
  }
  expect(basicOf(false)).toBe(`Basic ${btoa('id:shh')}`)
  expect(basicOf(true)).toBe(`Basic ${btoa('id:')}`)
})

it('asks Reddit for a refresh token unless told otherwise, and calls itself as told', () => {
  expect(authorizationParams(reddit())).toEqual({ duration: 'permanent' })
  expect(authorizationParams(reddit({ permanent: false }))).toEqual({ duration: 'temporary' })
  expect(reddit({ userAgent: 'web:a:v1 (by /u/b)' }).api.headers).toEqual({
    'User-Agent': 'web:a:v1 (by /u/b)',
  })
})

it('asks Strava and Twitch for consent anew where told to', () => {
  expect(authorizationParams(strava())).toEqual({})
  expect(authorizationParams(strava({ forceApproval: true }))).toEqual({ approval_prompt: 'force' })
  expect(authorizationParams(twitch({ clientId: 'a' }))).toEqual({})
  const forced = twitch({ clientId: 'a', forceVerify: true })
  expect(authorizationParams(forced)).toEqual({ force_verify: 'true' })
})

it.each([
  [reddit(), '{"message":"Bad Request","error":400}'],
  [twitch({ clientId: 'a' }), '{"status":400,"message":"Invalid refresh token"}'],
  [strava(), '{"message":"Bad Request","errors":[{"field":"refresh_token","code":"invalid"}]}'],
])('takes the own words of $name for a dead grant', (provider, body) => {
  expect(readTokenReply(provider, 400, body)).toMatchObject({ kind: 'refused', dead: true })
})

it.each([
  [reddit(), '{"message":"Unauthorized","error":401}'],
  [twitch({ clientId: 'a' }), '{"status":403,"message":"invalid client secret"}'],
  [strava(), '{"message":"Bad Request","errors":[{"field":"client_secret","code":"invalid"}]}'],
])('takes no other trouble of $name for one', (provider, body) => {
  expect(readTokenReply(provider, 400, body)).not.toMatchObject({ dead: true })
})

it('gives a token back to Twitch and to Strava without the secret', () => {
  const held = { accessToken: 'a', refreshToken: 'r' }
  expect(revocationRequest(twitch({ clientId: 'id' }), registration, held)?.body).toBe(
    'token=a&token_type_hint=access_token&client_id=id',
  )
  expect(revocationRequest(strava(), registration, held)?.body).toBe('access_token=a&client_id=id')
})
