import { github } from '@spa-dance/providers/github'
import { gitlab } from '@spa-dance/providers/gitlab'
import {
  authorizationUrl,
  readProfile,
  readTokenReply,
  tokenRequest,
} from '@spa-dance/providers/protocol'
import type { OAuth2Provider } from '@spa-dance/providers'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, beforeAll, beforeEach, afterAll, describe, expect, it } from 'vitest'
import { createEmulator, emulatorHandlers } from './msw.ts'
import { callback, challenge, destination, verifier } from './testing-internal/dance.ts'
import { sign } from './testing-internal/signer.ts'

const secret = { clientId: 'app', clientSecret: 'secret' }
const app = { ...secret, redirectUris: [callback] }
const emulator = createEmulator({
  registrations: {
    github: [app],
    gitlab: [{ clientId: 'app', redirectUris: [callback] }],
    slack: [app],
    'slack-openid': [{ ...app, clientId: 'other-app' }],
    twitter: [app],
    x: [app],
  },
  hosts: { 'git.acme.example': 'gitlab' },
})
const server = setupServer(
  ...emulatorHandlers(emulator),
  http.get('https://api.github.com/repos/:owner/:name', ({ params }) => HttpResponse.json(params)),
)

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => emulator.control.reset())
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

/** The dance of an app with the global fetch: what the token endpoint gave. */
async function dance(provider: OAuth2Provider, clientSecret?: string) {
  emulator.control.approveNext(provider.id)
  const request = {
    clientId: 'app',
    redirectUri: callback,
    state: 'a state',
    scopes: ['read:user', 'openid', 'read_user'].filter((scope) =>
      [...(provider.scopes ?? []), 'openid'].includes(scope),
    ),
    codeChallenge: challenge,
    nonce: 'a nonce',
  }
  const redirect = await fetch(authorizationUrl(provider, request), { redirect: 'manual' })
  const { url, ...init } = tokenRequest(
    provider,
    { clientId: 'app', clientSecret },
    {
      type: 'authorization_code',
      code: destination(redirect).searchParams.get('code') ?? '',
      redirectUri: callback,
      codeVerifier: verifier,
    },
  )
  const reply = await fetch(url, init)
  const result = readTokenReply(provider, reply.status, await reply.text())
  if (result.kind !== 'tokens') throw new Error(JSON.stringify(result))
  return result.tokens
}

const profileOf = async ({ api, profile }: OAuth2Provider, accessToken: string) => {
  if (!profile) throw new Error('there is no profile')
  const headers = { authorization: `Bearer ${accessToken}`, ...api.headers }
  const reply = await fetch(api.baseUrl + profile.path, { headers })
  return reply.ok ? readProfile(profile, await reply.json()) : reply.status
}

const claimsOf = (token = ''): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

describe("at the providers' real addresses", () => {
  it('goes from the login to the profile, and ends when it is told', async () => {
    const provider = github()
    const { accessToken } = await dance(provider, 'secret')
    expect(await profileOf(provider, accessToken)).toMatchObject({
      id: '1815',
      name: 'Ada Lovelace',
      picture: expect.stringContaining('https://avatars.githubusercontent.com/'),
    })
    emulator.control.revoke('github')
    expect(await profileOf(provider, accessToken)).toBe(401)
  })

  it('is as strict as anywhere', async () => {
    await expect(dance(github(), 'wrong')).rejects.toThrow('incorrect_client_credentials')
  })

  it('has tokens that name the real issuer, also of an installation of your own', async () => {
    const { idToken } = await dance(gitlab())
    expect(claimsOf(idToken)).toMatchObject({ iss: 'https://gitlab.com' })
    const own = gitlab({ host: 'https://git.acme.example' })
    const tokens = await dance(own)
    expect(claimsOf(tokens.idToken)).toMatchObject({ iss: 'https://git.acme.example' })
    expect(await profileOf(own, tokens.accessToken)).toMatchObject({ id: '1815' })
  })

  it('tells two providers of one host apart by how a request is signed', async () => {
    const address = 'https://api.x.com/2/users/me'
    const now = Date.now()
    const signed = sign({ address, now, key: 'app', secret: 'secret', token: 'none' })
    const [bySignature, byBearer] = [
      await fetch(address, { headers: { authorization: signed } }),
      await fetch(address, { headers: { authorization: 'Bearer none' } }),
    ]
    expect([bySignature.status, byBearer.status]).toEqual([401, 401])
    expect(emulator.control.requests().map(({ provider }) => provider)).toEqual(['twitter', 'x'])
  })

  it('and by what it is about, an app or a token', async () => {
    const about = (values: Record<string, string>) =>
      fetch('https://slack.com/api/auth.revoke', {
        method: 'POST',
        body: new URLSearchParams(values),
      })
    await about({ token: 'none', client_id: 'other-app' })
    await about({ token: 'none', client_id: 'app' })
    expect(emulator.control.requests().map(({ provider }) => provider)).toEqual([
      'slack-openid',
      'slack',
    ])
  })

  it('leaves what it does not emulate to the handlers after it', async () => {
    const reply = await fetch('https://api.github.com/repos/ada/engine')
    expect(await reply.json()).toEqual({ owner: 'ada', name: 'engine' })
    expect(emulator.control.requests()).toEqual([])
  })

  it.each([
    'https://api.github.com/nothing',
    'https://github.com.evil.example/login/oauth/authorize',
    'http://localhost:4180/',
    'http://app.localhost:5173/',
  ])('answers nothing at %s', (address) => {
    expect(emulator.emulates(new Request(address))).toBe(false)
  })

  it('drops a connection as the network would', async () => {
    emulator.control.failNext('github', 'api', { drop: 'request' })
    const headers = { authorization: 'Bearer none' }
    await expect(fetch('https://api.github.com/user', { headers })).rejects.toThrow(TypeError)
  })
})

it('answers at its own addresses, too', async () => {
  const reply = await fetch('http://api-github-com.github.localhost:4180/user', {
    headers: { 'user-agent': 'a test' },
  })
  expect(reply.status).toBe(401)
  expect((await fetch('http://github.localhost:4180/nothing')).status).toBe(404)
})

it('names the hosts that belong to nobody, or are none', () => {
  const hosts = { 'jira.acme.example': 'myspace', 'https://git.acme.example/': 'gitlab' }
  expect(() => createEmulator({ registrations: {}, hosts })).toThrow(
    /jira\.acme\.example.*no such provider[^]*"https:\/\/git\.acme\.example\/" must be a host name/,
  )
})
