import { twitter } from '@spa-dance/providers/twitter'
import { github } from '@spa-dance/providers/github'
import { describe, expect, it } from 'vitest'
import { ExchangeConfigError } from '../errors.ts'
import { newSealKey, options, sealKey } from '../testing-internal/harness.ts'
import { readConfig } from './config.ts'

const problemsOf = (more: object): readonly string[] => {
  try {
    readConfig(options(more))
    return []
  } catch (error) {
    if (error instanceof ExchangeConfigError) return error.problems
    throw error
  }
}
const github1 = { provider: github(), clientId: 'id', clientSecret: 'hunter2' }
const spa = (redirectUris: string[], more = {}) => ({ apps: { spa: { redirectUris, ...more } } })
const rsa = { ...twitter(), signature: 'RSA-SHA1' }

describe('a configuration', () => {
  it('is good as the tests use it', () => expect(problemsOf({})).toEqual([]))

  const cases: readonly [string, object, RegExp][] = [
    ['no baseUrl', { baseUrl: '' }, /baseUrl is missing/],
    ['http on the internet', { baseUrl: 'http://auth.example.com' }, /https/],
    [
      'a trailing slash',
      { baseUrl: 'https://auth.example.com/' },
      /write it as "https:\/\/auth.example.com"/,
    ],
    ['a query', { baseUrl: 'https://auth.example.com?x' }, /write it as/],
    ['upper case', { baseUrl: 'https://AUTH.example.com' }, /write it as/],
    ['no text', { baseUrl: 7 }, /baseUrl is missing/],
    ['no apps', { apps: {} }, /apps is empty/],
    ['apps of another kind', { apps: 3 }, /apps is no object/],
    ['an app of another kind', { apps: { spa: null } }, /apps.spa is no object/],
    [
      'one redirect URI by itself',
      { apps: { spa: { redirectUris: 'https://a.example/cb' } } },
      /redirectUris is no list/,
    ],
    [
      'a typing error in an app',
      spa(['https://a.example/cb'], { browserles: true }),
      /browserles is unknown: there are redirectUris, clients, browserless/,
    ],
    ['one seal key by itself', { sealKeys: sealKey }, /sealKeys is no list/],
    ['one host by itself', { allowPrivate: 'jira.corp' }, /allowPrivate is no list/],
    ['clients as a list', { clients: [github1] }, /clients is no object/],
    ['a client of another kind', { clients: { github: 'x' } }, /clients.github is no object/],
    [
      'a preset that was not called',
      { clients: { github: { ...github1, provider: github } } },
      /clients.github.provider is a function: call it/,
    ],
    [
      'scopes as OAuth spells them',
      { clients: { github: { ...github1, scopes: 'repo gist' } } },
      /clients.github.scopes is no list/,
    ],
    ['no redirect URIs', spa([]), /redirectUris is empty/],
    ['a wildcard', spa(['https://*.example.com/cb']), /only pattern/],
    ['the pattern in the host', spa(['https://{client}.example.com/cb']), /only pattern/],
    ['the pattern twice', spa(['https://a.example/{client}/{client}']), /only pattern/],
    ['another pattern', spa(['https://a.example/{name}']), /only pattern/],
    ['a host in upper case', spa(['https://App.example/cb']), /lower case/],
    ['a fragment', spa(['https://a.example/cb#x']), /fragment/],
    ['a custom scheme', spa(['com.example:/cb']), /https/],
    ['a very long URI', spa([`https://a.example/${'x'.repeat(512)}`]), /512/],
    [
      'an app with a name that is no client_id',
      { apps: { 'a b': { redirectUris: ['https://a.example/'] } } },
      /client_id/,
    ],
    ['an app for an unknown client', spa(['https://a.example/'], { clients: ['x'] }), /"x"/],
    ['no clients', { clients: {} }, /clients is empty/],
    ['a client named healthz', { clients: { healthz: github1 } }, /healthz/],
    ['a client in upper case', { clients: { GitHub: github1 } }, /lower-case/],
    ['no provider', { clients: { github: { clientId: 'x' } } }, /provider is missing/],
    ['no client id', { clients: { github: { provider: github() } } }, /clientId is missing/],
    [
      'no secret',
      { clients: { github: { provider: github(), clientId: 'x' } } },
      /clientSecret is missing/,
    ],
    ...['…', ' hunter2', 'hunter2\n', 'hunter2 ', 'hun\tter2', 'hunter2'.repeat(200)].map(
      (clientSecret): [string, object, RegExp] => [
        `the secret ${JSON.stringify(clientSecret.slice(0, 12))}`,
        { clients: { github: { ...github1, clientSecret } } },
        /clientSecret is no credential/,
      ],
    ),
    [
      'an http provider',
      { clients: { github: { ...github1, provider: github({ host: 'http://ghe.example' }) } } },
      /token.url/,
    ],
    [
      'no consumer secret',
      { clients: { twitter: { provider: twitter(), consumerKey: 'x' } } },
      /consumerSecret/,
    ],
    [
      'no private key',
      { clients: { jira: { provider: rsa, consumerKey: 'x' } } },
      /privateKey is missing/,
    ],
    [
      'a private key that is none',
      { clients: { jira: { provider: rsa, consumerKey: 'x', privateKey: 'hunter2' } } },
      /no PEM/,
    ],
    [
      'relay for OAuth 1.0a',
      {
        clients: {
          twitter: { provider: twitter(), consumerKey: 'x', consumerSecret: 'y', relay: true },
        },
      },
      /relay means nothing/,
    ],
    [
      'scopes beyond the ceiling',
      { clients: { github: { ...github1, scopes: ['a'], allowedScopes: ['b'] } } },
      /allowedScopes lacks a/,
    ],
    [
      'scopes in one text',
      { clients: { github: { ...github1, scopes: ['a b'] } } },
      /each one apart/,
    ],
    [
      'bearer with relay',
      { clients: { github: { ...github1, relay: true, bearer: true } } },
      /bearer can't/,
    ],
    ['no seal keys', { sealKeys: [] }, /sealKeys is empty/],
    ['a key without kid', { sealKeys: [sealKey.slice(3)] }, /kid/],
    ['a short key', { sealKeys: ['k:abc'] }, /32 bytes/],
    ['a key of zeros', { sealKeys: [`k:${'A'.repeat(43)}`] }, /not random/],
    ['one kid twice', { sealKeys: [newSealKey('k'), newSealKey('k')] }, /same kid/],
    ['one key twice', { sealKeys: [sealKey, `x${sealKey}`] }, /same key/],
    ['an idle life of seconds', { idleLifetime: 1 }, /idleLifetime/],
    ['an endless life', { absoluteLifetime: Number.POSITIVE_INFINITY }, /absoluteLifetime/],
  ]
  it.each(cases)('X-38: is refused with %s', (_, more, expected) => {
    const problems = problemsOf(more)
    expect(problems.join('\n')).toMatch(expected)
    expect(problems.join('\n')).not.toContain('hunter2')
    expect(problems.join('\n')).not.toContain(sealKey.slice(3))
  })

  it('X-38: is told all that is wrong with it at once', () => {
    const problems = problemsOf({ baseUrl: '', apps: {}, clients: {}, sealKeys: [] })
    expect(problems).toHaveLength(4)
  })
})
