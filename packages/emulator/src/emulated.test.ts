import { custom } from '@spa-dance/providers/custom'
import { discord } from '@spa-dance/providers/discord'
import { github } from '@spa-dance/providers/github'
import { gitlab } from '@spa-dance/providers/gitlab'
import { google } from '@spa-dance/providers/google'
import { oidc } from '@spa-dance/providers/oidc'
import { twitter } from '@spa-dance/providers/twitter'
import { describe, expect, it } from 'vitest'
import { emulated } from './emulated.ts'

const url = 'http://localhost:4180'

describe('emulated()', () => {
  it('moves the hosts of an OAuth 2 declaration and nothing else', () => {
    const real = github({ allowSignup: false })
    const moved = emulated(real, url)
    expect(moved.authorization.url).toBe('http://github.localhost:4180/login/oauth/authorize')
    expect(moved.token.url).toBe('http://github.localhost:4180/login/oauth/access_token')
    expect(moved.api.baseUrl).toBe('http://api-github-com.github.localhost:4180/')
    expect(moved.revocation?.url).toBe(
      'http://api-github-com.github.localhost:4180/applications/{client_id}/token',
    )
    const { authorization, token, api, revocation, profile, ...rest } = real
    expect(moved).toMatchObject(rest)
    expect(moved.authorization.params).toEqual(authorization.params)
    expect(moved.token.deadGrant).toEqual(token.deadGrant)
    expect(moved.api.headers).toEqual(api.headers)
    expect(revocation && profile).toBeDefined()
  })

  it('moves the hosts of an OAuth 1.0a declaration', () => {
    const moved = emulated(twitter(), url)
    expect(moved.requestToken.url).toBe('http://twitter.localhost:4180/oauth/request_token')
    expect(moved.accessToken.url).toBe('http://twitter.localhost:4180/oauth/access_token')
    expect(moved.api.alsoAllowed).toEqual(['http://twitter.localhost:4180/1.1/'])
  })

  it('moves the origins that a provider may name, so that the same check holds there', () => {
    const real = custom({
      ...github(),
      learnt: {
        tokenOrigin: { from: 'server', within: ['https://github.com', 'https://eu.github.com'] },
        apiOrigin: {
          from: 'instance_url',
          within: ['https://api.github.com', 'https://*.ghe.com'],
        },
      },
    })
    const { learnt } = emulated(real, url)
    expect(learnt).toEqual({
      tokenOrigin: {
        from: 'server',
        within: ['http://github.localhost:4180', 'http://eu-github-com.github.localhost:4180'],
      },
      apiOrigin: {
        from: 'instance_url',
        within: ['http://api-github-com.github.localhost:4180', 'http://*.github.localhost:4180'],
      },
    })
  })

  it('moves the issuer of an OpenID Provider', () => {
    const moved = emulated(oidc({ id: 'acme', name: 'Acme', issuer: 'https://id.acme.com/' }), url)
    expect(moved.issuer).toBe('http://acme.localhost:4180/')
  })

  it('moves the issuer and the keys of ID tokens, and no claim', () => {
    const { openid, ...rest } = google()
    const claims = { hd: 'example.com', url: 'https://a.example/claim' }
    const moved = emulated({ ...rest, ...(openid && { openid: { ...openid, claims } }) }, url)
    expect(moved.openid).toEqual({
      issuer: 'http://google.localhost:4180',
      jwksUrl: 'http://www-googleapis-com.google.localhost:4180/oauth2/v3/certs',
      claims,
    })
  })

  it('moves a host that an option names to the same place, and keeps its path', () => {
    const moved = emulated(gitlab({ host: 'https://git.example.com:8443/gitlab/' }), url)
    const base = 'http://gitlab.localhost:4180/gitlab'
    expect(moved.authorization.url).toBe(`${base}/oauth/authorize`)
    expect(moved.openid?.issuer).toBe(base)
    expect(moved.api.baseUrl).toBe(`${base}/api/v4/`)
  })

  it('moves the picture that a profile names, once', () => {
    const read = emulated(discord(), url).profile?.read
    const home = 'http://cdn-discordapp-com.discord.localhost:4180'
    expect(read?.({ id: '1', avatar: 'a1' }).picture).toBe(`${home}/avatars/1/a1.png`)
    expect(read?.({ id: '1', avatar: null }).picture).toBeNull()
    const again = emulated(github(), url).profile?.read({ id: 1, avatar_url: `${home}/x` }).picture
    expect(again).toBe('http://cdn-discordapp-com-discord-localhost.github.localhost:4180/x')
    const own = 'http://avatars-githubusercontent-com.github.localhost:4180/u/1'
    expect(emulated(github(), url).profile?.read({ id: 1, avatar_url: own }).picture).toBe(own)
  })

  it('keeps hooks, scopes and parameters, also those that look like URLs', () => {
    const tokenReply = (reply: Readonly<Record<string, unknown>>): typeof reply => reply
    const scopes = ['https://www.example.com/auth/email']
    const params = { url: 'https://api.example.com' }
    const moved = emulated(
      custom({
        id: 'acme',
        name: 'Acme',
        protocol: 'oauth2',
        route: 'direct',
        authorization: { url: 'https://www.example.com:8443/a', params },
        token: { url: 'https://www.example.com:8443/t?x=https://a.b', params },
        api: { baseUrl: 'https://api.example.com:9/v1/', cors: true },
        scopes,
        hooks: { tokenReply },
      }),
      'https://emulator.test',
    )
    expect(moved).toMatchObject({ scopes, hooks: { tokenReply } })
    expect(moved.token).toEqual({ url: 'https://acme.emulator.test/t?x=https://a.b', params })
    expect(moved.authorization.params).toEqual(params)
    expect(moved.api.baseUrl).toBe('https://api-example-com.acme.emulator.test/v1/')
  })

  it('does not change what it is given', () => {
    const real = github()
    const before = JSON.stringify(real)
    emulated(real, url)
    expect(JSON.stringify(real)).toBe(before)
  })

  it.each(['http://127.0.0.1:4180', 'http://[::1]:4180', 'localhost:4180', 'nowhere'])(
    'refuses %s, with the fix',
    (wrong) => {
      expect(() => emulated(github(), wrong)).toThrow(/give http:\/\/localhost:4180/)
    },
  )
})
