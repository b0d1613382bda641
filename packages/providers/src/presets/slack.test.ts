import { expect, it } from 'vitest'
import { authorizationParams, authorizationUrl } from '../protocol/authorization.ts'
import { revocationRequest } from '../protocol/revocation.ts'
import { readTokenReply } from '../protocol/token-reply.ts'
import { tokenRequest } from '../protocol/token-request.ts'
import type { OAuth2Provider } from '../types.ts'
import { testPreset } from './preset.contract.ts'
import { slackOpenid } from './slack-openid.ts'
import { slack } from './slack.ts'

const person = {
  id: 'U061F7AUR',
  scope: 'users:read,chat:write',
  access_token: 'xoxp-1',
  token_type: 'user',
}
const bot = {
  access_token: 'xoxb-1',
  token_type: 'bot',
  scope: 'commands',
  bot_user_id: 'U0KRQLJ9H',
}
const app = { ok: true, app_id: 'A0KRD7HC3', team: { id: 'T9TK3CUKW', name: 'Slack' } }
const body = (...members: object[]): string => JSON.stringify(Object.assign({}, app, ...members))
const tokensOf = (provider: OAuth2Provider, text: string) => {
  const result = readTokenReply(provider, 200, text)
  return result.kind === 'tokens' ? result.tokens : result
}
const auth = {
  reply: { ok: true, team_id: 'T9TK3CUKW', user_id: 'U061F7AUR', user: 'ada' },
  read: { id: 'U061F7AUR', name: 'ada' },
}

testPreset(slack(), {
  tokenReply: { body: body({ authed_user: person }), scopes: ['users:read', 'chat:write'] },
  profile: auth,
})

testPreset(slack({ publicClient: true }), {
  tokenReply: { body: body({ authed_user: person }), scopes: ['users:read', 'chat:write'] },
  profile: auth,
})

testPreset(slackOpenid(), {
  tokenReply: {
    body: body({
      access_token: 'xoxp-1',
      token_type: 'Bearer',
      id_token: 'a.b.c',
      scope: 'openid',
    }),
    scopes: ['openid'],
  },
  profile: {
    reply: {
      ok: true,
      sub: 'U061F7AUR',
      'https://slack.com/user_id': 'U061F7AUR',
      name: 'Ada',
      email: 'ada@example.com',
      picture: 'https://avatars.slack-edge.com/1.png',
    },
    read: {
      id: 'U061F7AUR',
      name: 'Ada',
      email: 'ada@example.com',
      picture: 'https://avatars.slack-edge.com/1.png',
    },
  },
})

it("asks Slack for a person's scopes, or for the bot's, each under its own name", () => {
  const scopesOf = (provider: OAuth2Provider) => {
    const { searchParams } = authorizationUrl(provider, {
      clientId: 'id',
      redirectUri: 'https://auth.example.com/slack/callback',
      state: 's',
      scopes: ['users:read', 'chat:write'],
    })
    return [searchParams.get('user_scope'), searchParams.get('scope')]
  }
  expect(scopesOf(slack())).toEqual(['users:read,chat:write', null])
  expect(scopesOf(slack({ as: 'bot' }))).toEqual([null, 'users:read,chat:write'])
})

it("takes a person's token or the bot's, where a reply of Slack has both", () => {
  const both = body(bot, { authed_user: person })
  expect(tokensOf(slack(), both)).toMatchObject({ accessToken: 'xoxp-1', account: 'U061F7AUR' })
  expect(tokensOf(slack({ as: 'bot' }), both)).toMatchObject({
    accessToken: 'xoxb-1',
    account: 'U0KRQLJ9H',
    scopes: ['commands'],
  })
})

it("takes a person's token from the top of Slack's answer to a refresh", () => {
  const fresh = {
    ...person,
    access_token: 'xoxe.xoxp-2',
    refresh_token: 'xoxe-2',
    expires_in: 43_200,
  }
  expect(tokensOf(slack(), body(fresh))).toMatchObject({
    accessToken: 'xoxe.xoxp-2',
    refreshToken: 'xoxe-2',
    expiresIn: 43_200,
  })
})

it.each(['invalid_code', 'code_already_used', 'invalid_refresh_token'])(
  'takes %s of Slack, under status 200, for the end of a grant',
  (error) => {
    for (const provider of [slack(), slackOpenid()]) {
      expect(readTokenReply(provider, 200, `{"ok":false,"error":"${error}"}`)).toMatchObject({
        kind: 'refused',
        dead: true,
      })
    }
    expect(readTokenReply(slack(), 200, '{"ok":false,"error":"fatal_error"}')).toMatchObject({
      kind: 'refused',
      dead: false,
    })
  },
)

it('offers Slack the workspace that it is told', () => {
  for (const preset of [slack, slackOpenid]) {
    expect(authorizationParams(preset())).toEqual({})
    expect(authorizationParams(preset({ team: 'T1' }))).toEqual({ team: 'T1' })
  }
})

it('gives a token back to Slack in a form, without the secret', () => {
  const registration = { clientId: 'id', clientSecret: 'shh' }
  const held = { accessToken: 'xoxp-1', refreshToken: 'xoxe-1' }
  for (const provider of [slack(), slackOpenid()]) {
    expect(revocationRequest(provider, registration, held)).toMatchObject({
      url: 'https://slack.com/api/auth.revoke',
      body: 'token=xoxp-1&token_type_hint=access_token&client_id=id',
    })
  }
})

it('sends the secret of Slack as Basic, and has none as a public client', () => {
  const grant = { type: 'refresh_token', refreshToken: 'xoxe-1' } as const
  const { headers } = tokenRequest(slack(), { clientId: 'id', clientSecret: 'shh' }, grant)
  expect(headers['Authorization']).toBe(`Basic ${btoa('id:shh')}`)
  expect(slack()).toMatchObject({ route: 'exchange', pkce: false })
  expect(slack({ publicClient: true })).toMatchObject({ route: 'direct' })
  expect(slack({ publicClient: true })).not.toHaveProperty('pkce')
})
