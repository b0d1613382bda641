import { github } from '@spa-dance/providers/github'
import { jira } from '@spa-dance/providers/jira'
import { oidc } from '@spa-dance/providers/oidc'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../config/config.ts'
import { ExchangeConfigError } from '../errors.ts'
import { options, page, reply, rig } from '../testing-internal/harness.ts'
import { hostProblem } from './provider-host.ts'

const nobody = { allowPrivate: new Set<string>(), loopback: false }

describe('the host of a provider', () => {
  it.each([
    'https://jira/',
    'https://jira.local/',
    'https://metadata.google.internal/',
    'https://nas.home.arpa/',
    'https://localhost/',
    'https://x.localhost/',
    'https://localhost./',
    'https://jira.local./',
    'https://LOCALHOST/',
    'https://127.0.0.1/',
    'https://10.0.0.1/',
    'https://169.254.169.254/',
    'https://93.184.216.34/',
    'https://2130706433/',
    'https://017700000001/',
    'https://0x7f.1/',
    'https://127.1/',
    'https://①②⑦.0.0.1/',
    'https://１２７.0.0.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://[2606:2800:220:1::1]/',
  ])('X-22: is refused where it is no public name: %s', (url) => {
    expect(hostProblem(new URL(url), nobody)).toEqual(expect.any(String))
  })

  it.each(['https://github.com/', 'https://xn--bcher-kva.example/', 'https://local.example/'])(
    'is taken where it is a public name: %s',
    (url) => expect(hostProblem(new URL(url), nobody)).toBeUndefined(),
  )

  it('X-22: may be private by its very name alone, and loopback by rule', () => {
    const own = { allowPrivate: new Set(['jira.corp.internal', '10.1.2.3']), loopback: false }
    expect(hostProblem(new URL('https://jira.corp.internal/x'), own)).toBeUndefined()
    expect(hostProblem(new URL('https://10.1.2.3/'), own)).toBeUndefined()
    for (const other of ['x.jira.corp.internal', 'corp.internal', '10.1.2.4', '127.0.0.1']) {
      expect(hostProblem(new URL(`https://${other}/`), own)).toEqual(expect.any(String))
    }
    const development = { ...nobody, loopback: true }
    for (const host of ['localhost', 'github.localhost:1', '127.0.0.1', '127.9.9.9', '[::1]']) {
      expect(hostProblem(new URL(`http://${host}/`), development)).toBeUndefined()
    }
    expect(hostProblem(new URL('https://10.0.0.1/'), development)).toEqual(expect.any(String))
  })
})

describe('a configuration', () => {
  const problems = (more: object): readonly string[] => {
    try {
      readConfig(options(more))
      return []
    } catch (error) {
      return error instanceof ExchangeConfigError ? error.problems : [String(error)]
    }
  }
  const github1 = (host: string) => ({
    github: { provider: github({ host }), clientId: 'x', clientSecret: 'y' },
  })
  const development = {
    baseUrl: 'http://exchange.localhost:4000',
    clients: github1('http://github.localhost:4001'),
  }

  it('X-22: names a private host once, with what to do', () => {
    expect(problems({ clients: github1('https://ghe') })).toEqual([
      'clients.github.provider: ghe is a name of a private network: if it is yours, name it in allowPrivate',
    ])
    expect(problems({ clients: github1('https://ghe'), allowPrivate: ['ghe'] })).toEqual([])
  })

  it('X-22: reaches loopback only where the exchange is on loopback itself', () => {
    expect(problems(development)).toEqual([])
    const [problem] = problems({ ...development, baseUrl: 'https://auth.example.com' })
    expect(problem).toContain('github.localhost is this machine')
  })

  it.each(['https://ghe', 'GHE', 'ghe/', 'ghe:443', 'a b', '', '*.corp'])(
    'X-38: is refused with the allowed host %j',
    (host) => expect(problems({ allowPrivate: [host] }).join()).toMatch(/is no host/),
  )

  it('X-22: looks at every URL that the exchange asks', () => {
    const provider = jira({ baseUrl: 'https://10.0.0.9/' })
    const found = problems({ clients: { jira: { provider, consumerKey: 'k', privateKey: 'x' } } })
    expect(found).toContainEqual(expect.stringContaining('10.0.0.9 is an address'))
    const api = { ...github().api, alsoAllowed: ['https://files.internal/'] }
    const also = { provider: { ...github(), api }, clientId: 'x', clientSecret: 'y' }
    expect(problems({ clients: { github: also } }).join()).toContain('files.internal')
  })
})

it('X-22: is not led to a private host by a discovery document', async () => {
  const issuer = 'https://op.example'
  const document = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
  }
  for (const [member, url] of [
    ['token_endpoint', 'https://169.254.169.254/token'],
    ['jwks_uri', 'https://vault.internal/'],
    ['userinfo_endpoint', 'https://[::ffff:10.0.0.1]/'],
  ] as const) {
    const provider = oidc({ issuer })
    const reasons: (string | undefined)[] = []
    const r = await rig({
      clients: { op: { provider, clientId: 'x', clientSecret: 'y' } },
      log: ({ reason }) => void reasons.push(reason),
    })
    r.upstream.on(
      'op.example/.well-known/openid-configuration',
      reply({ ...document, [member]: url }),
    )
    const answer = await r.authorize('op', { redirect_uri: `${page}/callback/op` })
    expect(answer.headers.get('location')).toContain('error=server_error')
    expect(reasons.join()).toContain('discovery leads to a private host')
  }
})
