import { discord } from '@spa-dance/providers/discord'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'
import { describe, expect, test } from 'vitest'
import { clientOf, readConfig } from './config.ts'
import type { DanceOptions } from './types.ts'

const origin = 'https://app.example'
const good: DanceOptions = {
  exchange: 'https://auth.example/dance',
  clients: {
    github: { provider: github() },
    discord: { provider: discord(), clientId: 'id' },
  },
}

function problemsOf(options: DanceOptions): string {
  try {
    readConfig(options, origin)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

test('a client is known by its registration and server, and has a redirect URI of its own', () => {
  const { clients } = readConfig(good, origin)
  expect(clients.get('github')).toMatchObject({
    route: 'exchange',
    clientId: 'spa',
    issuer: 'https://auth.example/dance/github',
    redirectUri: 'https://app.example/callback/github',
    context: 'https://auth.example/dance/github spa',
    scopes: [],
  })
  expect(clients.get('discord')).toMatchObject({
    route: 'direct',
    clientId: 'id',
    context: 'https://discord.com/api/oauth2/token id',
    scopes: ['identify'],
  })
})

test.each([
  ['/app/callback/{client}/', '/app/callback/github/', '/app/'],
  ['https://app.example/repo/{client}', '/repo/github', '/'],
  ['/signed-in-{client}', '/signed-in-github', '/'],
  [undefined, '/callback/github', '/'],
])('redirectUri %s gives %s, and home is %s', (redirectUri, path, home) => {
  const config = readConfig({ ...good, ...(redirectUri && { redirectUri }) }, origin)
  expect(config.clients.get('github')?.redirectUri).toBe(origin + path)
  expect(config.home).toBe(home)
})

test('all problems come in one error', () => {
  const problems = problemsOf({
    exchange: 'https://auth.example/',
    redirectUri: 'https://other.example/callback',
    clients: { Bad: { provider: github() }, discord: { provider: discord() } },
  })
  expect(problems).toContain('without slash')
  expect(problems).toContain('redirectUri must be a URL of https://app.example')
  expect(problems).toContain('"Bad"')
  expect(problems).toContain('clientId')
})

describe('refused', () => {
  const direct = { provider: discord(), clientId: 'id' }
  test.each<[string, DanceOptions, string]>([
    ['no exchange', { clients: { github: { provider: github() } } }, 'needs the exchange'],
    ['a name of the exchange', { ...good, clients: { healthz: direct } }, '"healthz"'],
    ['one callback for two', { ...good, redirectUri: '/callback' }, 'must hold {client}'],
    ['a query', { ...good, redirectUri: '/{client}?x=1' }, 'neither query'],
    ['http', { ...good, exchange: 'http://auth.example' }, 'https'],
    ['a user name', { ...good, exchange: 'https://me@auth.example' }, 'https'],
    [
      'OAuth 1.0a in the page',
      { clients: { t: { provider: twitter(), route: 'direct' as 'exchange' } } },
      'OAuth 1.0a',
    ],
    [
      'no PKCE in the page',
      {
        clients: { g: { provider: { ...github(), pkce: false }, route: 'direct', clientId: 'x' } },
      },
      'PKCE',
    ],
  ])('%s', (_what, options, problem) => {
    expect(problemsOf(options)).toContain(problem)
  })

  test.each(['clientSecret', 'client_secret', 'consumerSecret', 'privateKey', 'password'])(
    'B-46: %s in a page, without its value being told',
    (name) => {
      const client = { ...direct, [name]: 'canary' } as unknown as typeof direct
      expect(problemsOf({ clients: { discord: client } })).toContain(`"${name}" would be public`)
      expect(problemsOf({ clients: { discord: client } })).not.toContain('canary')
    },
  )
})

test('an unknown client is named with those that are known', () => {
  const config = readConfig(good, origin)
  expect(() => clientOf(config, 'gitlab')).toThrow(/"gitlab".*github, discord/)
  expect(() => clientOf(config, 'constructor')).toThrow(/"constructor"/)
})

test('loopback exchanges may be http', () => {
  for (const exchange of [
    'http://exchange.localhost:4180',
    'http://127.0.0.1:1',
    'http://[::1]:1/x',
  ])
    expect(problemsOf({ ...good, exchange })).toBe('')
})
