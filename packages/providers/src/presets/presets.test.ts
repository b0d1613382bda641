import { expect, it } from 'vitest'
import { authorizationParams } from '../protocol/authorization.ts'
import { revocationRequest } from '../protocol/revocation.ts'
import { readTokenReply } from '../protocol/token-reply.ts'
import { discord } from './discord.ts'
import { github } from './github.ts'
import { testPreset } from './preset.contract.ts'
import { twitter } from './twitter.ts'

testPreset(github(), {
  tokenReply: {
    body: 'access_token=gho_x&scope=read%3Auser%2Cuser%3Aemail&token_type=bearer',
    scopes: ['read:user', 'user:email'],
  },
  profile: {
    reply: {
      id: 1,
      login: 'octocat',
      name: null,
      email: null,
      avatar_url: 'https://avatars.githubusercontent.com/u/1',
    },
    read: { id: '1', name: 'octocat', picture: 'https://avatars.githubusercontent.com/u/1' },
  },
})

testPreset(discord(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'a',
      token_type: 'Bearer',
      expires_in: 604800,
      refresh_token: 'r',
      scope: 'identify email',
    }),
    scopes: ['identify', 'email'],
  },
  profile: {
    reply: { id: '80351110224678912', username: 'nelly', global_name: 'Nelly', avatar: '8342' },
    read: {
      id: '80351110224678912',
      name: 'Nelly',
      picture: 'https://cdn.discordapp.com/avatars/80351110224678912/8342.png',
    },
  },
})

testPreset(twitter(), {
  profile: {
    reply: {
      data: {
        id: '2244994945',
        name: 'X Dev',
        username: 'XDevelopers',
        profile_image_url: 'https://pbs.twimg.com/1.jpg',
      },
    },
    read: { id: '2244994945', name: 'X Dev', picture: 'https://pbs.twimg.com/1.jpg' },
  },
})

it('hides the sign-up link of GitHub when told to', () => {
  expect(authorizationParams(github())).toEqual({})
  expect(authorizationParams(github({ allowSignup: false }))).toEqual({ allow_signup: 'false' })
})

it('sends a login hint to GitHub under the name that GitHub reads', () => {
  expect(authorizationParams(github(), { loginHint: 'octocat' })).toEqual({ login: 'octocat' })
})

it('points every endpoint of GitHub at an Enterprise Server', () => {
  const provider = github({ host: 'https://git.example.com' })
  expect(provider.authorization.url).toBe('https://git.example.com/login/oauth/authorize')
  expect(provider.token.url).toBe('https://git.example.com/login/oauth/access_token')
  expect(provider.api.baseUrl).toBe('https://git.example.com/api/v3/')
  expect(JSON.stringify(provider)).not.toContain('github.com')
})

it("takes GitHub's own words for a dead grant, also under status 200", () => {
  expect(readTokenReply(github(), 200, 'error=bad_refresh_token')).toEqual({
    kind: 'refused',
    error: 'bad_refresh_token',
    dead: true,
  })
})

it('revokes a GitHub token by DELETE, as Basic, with JSON', () => {
  const registration = { clientId: 'Iv1.8a61', clientSecret: 'shh' }
  expect(revocationRequest(github(), registration, { accessToken: 'gho_x' })).toEqual({
    url: 'https://api.github.com/applications/Iv1.8a61/token',
    method: 'DELETE',
    headers: {
      Accept: 'application/json',
      Authorization: `Basic ${btoa('Iv1.8a61:shh')}`,
      'Content-Type': 'application/json',
    },
    body: '{"access_token":"gho_x"}',
  })
  expect(revocationRequest(github(), registration, { refreshToken: 'ghr_x' })).toBeUndefined()
})

it('asks Discord for consent anew, or not, as told', () => {
  expect(authorizationParams(discord())).toEqual({})
  expect(authorizationParams(discord({ prompt: 'none' }))).toEqual({ prompt: 'none' })
})

it('takes the sign-in page of Twitter, or asks for the password anew, as told', () => {
  expect(twitter().authorization.url).toBe('https://api.x.com/oauth/authorize')
  expect(twitter({ page: 'authenticate' }).authorization.url).toBe(
    'https://api.x.com/oauth/authenticate',
  )
  expect(authorizationParams(twitter({ forceLogin: true }))).toEqual({ force_login: 'true' })
})
