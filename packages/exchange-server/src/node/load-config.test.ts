import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPairSync } from 'node:crypto'
import { oidc } from '@spa-dance/providers/oidc'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newSealKey, sealKey } from '../testing-internal/harness.ts'
import { completeClient } from './environment.ts'
import { loadConfig } from './index.ts'
import { readSettings } from './load-config.ts'
import { storeFrom } from './redis.ts'

const base = {
  DANCE_BASE_URL: 'https://auth.example.com',
  DANCE_REDIRECT_URIS: 'https://a.example/callback/{client}, https://b.example/{client}',
  DANCE_SEAL_KEYS: sealKey,
}
const github1 = { GITHUB_OAUTH_CLIENT_ID: 'id', GITHUB_OAUTH_CLIENT_SECRET: 'hunter2' }

/** Every preset, but the one that makes what someone has declared. */
const presets = readdirSync(new URL('../../../providers/src/presets', import.meta.url))
  .filter((file) => /^[a-z0-9-]+\.ts$/.test(file) && file !== 'custom.ts')
  .map((file) => file.slice(0, -'.ts'.length))

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dance-'))))
afterEach(() => rmSync(folder, { recursive: true }))
const file = (text: string): string => {
  const path = join(folder, 'dance-exchange.config.mjs')
  writeFileSync(path, text)
  return path
}

describe('a configuration from the environment alone', () => {
  it("is read by Flask-Dance's names", async () => {
    const config = await loadConfig({
      env: {
        ...base,
        ...github1,
        TWITTER_OAUTH_API_KEY: 'key',
        TWITTER_OAUTH_API_SECRET: 'secret',
        OIDC_OAUTH_CLIENT_ID: 'o',
        OIDC_OAUTH_CLIENT_SECRET: 'p',
        OIDC_OAUTH_ISSUER: 'https://op.example',
        GITHUB_OAUTH_SCOPES: 'repo, read:user',
        PORT: '9000',
        HOST: '0.0.0.0',
      },
    })
    expect(config).toMatchObject({
      port: 9000,
      host: '0.0.0.0',
      baseUrl: 'https://auth.example.com',
      apps: { spa: { redirectUris: base.DANCE_REDIRECT_URIS.split(', ') } },
      clients: {
        github: { clientId: 'id', clientSecret: 'hunter2', scopes: ['repo', 'read:user'] },
        twitter: { consumerKey: 'key', consumerSecret: 'secret' },
        oidc: { provider: { issuer: 'https://op.example' } },
      },
    })
  })

  it('knows each preset, and its options', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const credentials = Object.fromEntries(
      presets
        .filter((id) => !['apple', 'jira'].includes(id))
        .map((id) => id.toUpperCase().replaceAll('-', '_'))
        .flatMap((name) => [
          [`${name}_OAUTH_CLIENT_ID`, 'id'],
          [`${name}_OAUTH_CLIENT_SECRET`, 'secret'],
          [`${name}_OAUTH_API_KEY`, 'id'],
          [`${name}_OAUTH_API_SECRET`, 'secret'],
        ]),
    )
    const { clients } = await loadConfig({
      env: {
        ...base,
        ...credentials,
        AZURE_OAUTH_TENANT: 'contoso.com',
        FACEBOOK_OAUTH_VERSION: 'v21.0',
        FACEBOOK_OAUTH_LONG_LIVED: 'true',
        APPLE_OAUTH_CLIENT_ID: 'com.example.web',
        APPLE_OAUTH_TEAM_ID: 'TEAM123456',
        APPLE_OAUTH_KEY_ID: 'KEY1234567',
        APPLE_OAUTH_PRIVATE_KEY: String(
          generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
            type: 'pkcs8',
            format: 'pem',
          }),
        ),
        AUTH0_OAUTH_DOMAIN: 'example.eu.auth0.com',
        JIRA_DATA_CENTER_OAUTH_BASE_URL: 'https://jira.example.com/dc',
        KEYCLOAK_OAUTH_BASE_URL: 'https://sso.example.com',
        KEYCLOAK_OAUTH_REALM: 'main',
        NYLAS_OAUTH_REGION: 'eu',
        ORCID_OAUTH_SANDBOX: 'true',
        OIDC_OAUTH_ISSUER: 'https://op.example',
        OKTA_OAUTH_DOMAIN: 'example.okta.com',
        JIRA_OAUTH_CONSUMER_KEY: 'key',
        JIRA_OAUTH_RSA_KEY: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
        JIRA_OAUTH_BASE_URL: 'https://jira.example.com/jira',
        REDDIT_OAUTH_USER_AGENT: 'web:a:v1 (by /u/b)',
        SALESFORCE_OAUTH_HOST: 'example.my.salesforce.com',
        SLACK_OAUTH_TEAM: 'T1',
        TRELLO_OAUTH_EXPIRATION: '1day',
        TRELLO_OAUTH_NAME: 'Acme',
        TRELLO_OAUTH_SCOPE: 'read, account',
        SLACK_OPENID_OAUTH_TEAM: 'T2',
        ZOHO_OAUTH_DATA_CENTRE: 'com.cn',
      },
    })
    expect(Object.keys(clients).toSorted()).toEqual(presets.toSorted())
    const text = JSON.stringify(clients)
    for (const part of [
      'login.microsoftonline.com/contoso.com/',
      'graph.facebook.com/v21.0/',
      '"swap":"fb_exchange_token"',
      'https://jira.example.com/jira/plugins/servlet/oauth/request-token',
      'https://api.x.com/2/oauth2/token',
      'https://accounts.spotify.com/',
      'https://api.dropboxapi.com/',
      '"issuer":"https://example.eu.auth0.com/"',
      'https://jira.example.com/dc/rest/oauth2/latest/token',
      '"issuer":"https://sso.example.com/realms/main"',
      'https://api.eu.nylas.com/v3/connect/token',
      'https://auth.atlassian.com/oauth/token',
      'https://www.linkedin.com/oauth/v2/accessToken',
      'https://sandbox.orcid.org/oauth/token',
      '"issuer":"https://example.okta.com/oauth2/default"',
      'https://secure.meetup.com/oauth2/access',
      '"User-Agent":"web:a:v1 (by /u/b)"',
      '"Client-Id":"id"',
      'https://api.notion.com/v1/oauth/token',
      'https://www.openstreetmap.org/oauth2/token',
      'https://cloud.digitalocean.com/v1/oauth/token',
      'https://id.heroku.com/oauth/token',
      'https://www.strava.com/oauth/token',
      'https://example.my.salesforce.com/services/oauth2/token',
      'https://accounts.zoho.com.cn/oauth/v2/token',
      '"team":"T1"',
      '"team":"T2"',
      '"name":"Acme","expiration":"1day"',
      'OAuthAuthorizeToken?scope=read,account',
    ]) {
      expect(text).toContain(part)
    }
    expect(clients['apple']).toMatchObject({ teamId: 'TEAM123456', keyId: 'KEY1234567' })
    expect(clients['apple']).toHaveProperty('signingKey', expect.stringContaining('PRIVATE KEY'))
    expect(clients['jira']).toHaveProperty('privateKey', expect.stringContaining('PRIVATE KEY'))
  })

  it('holds the key that signs in place of a secret, for a provider of a file', async () => {
    const provider = oidc({
      issuer: 'https://login.example.com',
      route: 'exchange',
      clientAuth: 'private_key_jwt',
    })
    const env = {
      OP_OAUTH_CLIENT_ID: 'id',
      OP_OAUTH_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----',
      OP_OAUTH_KEY_ID: 'k1',
      OP_OAUTH_CLIENT_SECRET: 'not looked at',
    }
    const complete = completeClient('op', { provider }, env)
    expect(complete).toEqual({
      provider,
      clientId: 'id',
      signingKey: '-----BEGIN PRIVATE KEY-----',
      keyId: 'k1',
    })
  })

  it('is told which option of a preset is missing or wrong', async () => {
    const { problems } = await readSettings({
      env: { ...base, ...github1, JIRA_OAUTH_CONSUMER_KEY: 'k', FACEBOOK_OAUTH_CLIENT_ID: 'f' },
    })
    expect(problems.join('\n')).toMatch(/JIRA_OAUTH_BASE_URL/)
    const wrong = await readSettings({
      env: {
        ...base,
        JIRA_OAUTH_CONSUMER_KEY: 'k',
        JIRA_OAUTH_BASE_URL: 'jira.example.com',
        FACEBOOK_OAUTH_CLIENT_ID: 'f',
        FACEBOOK_OAUTH_VERSION: '25',
        AZURE_OAUTH_CLIENT_ID: 'a',
        AZURE_OAUTH_TENANT: '../common',
        SLACK_OAUTH_CLIENT_ID: 's',
        SLACK_OAUTH_AS: 'robot',
        TRELLO_OAUTH_API_KEY: 't',
        TRELLO_OAUTH_EXPIRATION: '7days',
        NYLAS_OAUTH_CLIENT_ID: 'n',
        SALESFORCE_OAUTH_CLIENT_ID: 's',
        SALESFORCE_OAUTH_HOST: 'https://evil.example/',
        NYLAS_OAUTH_REGION: 'api.evil.example/',
        KEYCLOAK_OAUTH_CLIENT_ID: 'k',
        KEYCLOAK_OAUTH_BASE_URL: 'https://sso.example.com',
        AUTH0_OAUTH_CLIENT_ID: 'a',
        AUTH0_OAUTH_DOMAIN: 'https://example.eu.auth0.com',
      },
    })
    const text = wrong.problems.join('\n')
    for (const problem of [
      'baseUrl of jira',
      'FACEBOOK_OAUTH_VERSION',
      'azure() needs a tenant',
      'NYLAS_OAUTH_REGION',
      'salesforce() needs a host',
      'SLACK_OAUTH_AS',
      'TRELLO_OAUTH_EXPIRATION',
      'KEYCLOAK_OAUTH_REALM',
      'auth0() needs a domain',
    ]) {
      expect(text).toContain(problem)
    }
  })

  it('X-22: is told of a host in its own network, and takes the variable that allows it', async () => {
    const env = { ...base, ...github1, GITHUB_OAUTH_HOST: 'https://ghe.internal' }
    const { problems } = await readSettings({ env })
    expect(problems.join()).toMatch(/ghe\.internal is a name.*set DANCE_ALLOW_PRIVATE/)
    const allowed = { ...env, DANCE_ALLOW_PRIVATE: 'jira.corp, ghe.internal' }
    expect((await loadConfig({ env: allowed })).allowPrivate).toEqual(['jira.corp', 'ghe.internal'])
  })

  it('asks Google for refresh tokens where told to', async () => {
    const google = { GOOGLE_OAUTH_CLIENT_ID: 'id', GOOGLE_OAUTH_CLIENT_SECRET: 'secret' }
    const { clients } = await loadConfig({
      env: { ...base, ...google, GOOGLE_OAUTH_OFFLINE: 'true' },
    })
    expect(JSON.stringify(clients)).toContain('"access_type":"offline"')
  })

  it('is told what is missing, by the variable to set', async () => {
    const { problems } = await readSettings({
      env: {
        TWITTER_OAUTH_API_KEY: 'x',
        OIDC_OAUTH_CLIENT_ID: 'y',
        MYSPACE_OAUTH_CLIENT_ID: 'z',
        CUSTOM_OAUTH_CLIENT_ID: 'z',
        PROTOCOL_OAUTH_CLIENT_ID: 'z',
        PORT: '70000',
      },
    })
    const text = problems.join('\n')
    for (const variable of [
      'DANCE_BASE_URL',
      'DANCE_REDIRECT_URIS',
      'DANCE_SEAL_KEYS',
      'TWITTER_OAUTH_API_SECRET',
      'OIDC_OAUTH_ISSUER',
      'MYSPACE_OAUTH_… names no preset',
      'CUSTOM_OAUTH_… names no preset',
      'PROTOCOL_OAUTH_… names no preset',
      'PORT',
    ]) {
      expect(text).toContain(variable)
    }
  })

  it('names what looks like a setting and is none, but for what Kubernetes sets by itself', async () => {
    const { problems, unknown } = await readSettings({
      env: {
        ...base,
        ...github1,
        DANCE_RATE_LIMIT: '60',
        DANCE_REDIRECT_URI: 'https://app.example.com/callback',
        DANCE_TRUST_PROXIES: '1',
        DANCE_EXCHANGE_SERVICE_HOST: '10.0.0.7',
        DANCE_EXCHANGE_SERVICE_PORT_HTTP: '80',
        DANCE_EXCHANGE_PORT: 'tcp://10.0.0.7:80',
        DANCE_EXCHANGE_PORT_80_TCP_ADDR: '10.0.0.7',
      },
    })
    expect(problems).toEqual([])
    expect(unknown).toEqual(['DANCE_REDIRECT_URI', 'DANCE_TRUST_PROXIES'])
  })

  it('listens where a base URL on this machine says, and by default on 8787', async () => {
    const port = async (url: string) =>
      (await readSettings({ env: { ...base, ...github1, DANCE_BASE_URL: url } })).options.port
    expect(await port('http://exchange.localhost:4000')).toBe(4000)
    expect(await port('https://auth.example.com:4000')).toBe(8787)
    const given = { env: { ...base, ...github1, PORT: '1' }, override: { port: 0 } }
    expect((await loadConfig(given)).port).toBe(0)
  })
})

describe('secrets in files', () => {
  const secretFile = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }

  it('are read by _FILE, without the end of their last line', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const next = newSealKey('next')
    const { clients, sealKeys } = await loadConfig({
      env: {
        DANCE_BASE_URL: base.DANCE_BASE_URL,
        DANCE_REDIRECT_URIS: base.DANCE_REDIRECT_URIS,
        DANCE_SEAL_KEYS_FILE: secretFile('keys', `${sealKey}\n${next}\n`),
        GITHUB_OAUTH_CLIENT_ID_FILE: secretFile('id', 'id\r\n'),
        GITHUB_OAUTH_CLIENT_SECRET_FILE: secretFile('secret', 'hunter2\n'),
        JIRA_OAUTH_CONSUMER_KEY: 'ck',
        JIRA_OAUTH_BASE_URL: 'https://jira.example.com',
        JIRA_OAUTH_RSA_KEY_FILE: secretFile('pem', pem),
      },
    })
    expect(sealKeys).toEqual([sealKey, next])
    expect(clients['github']).toMatchObject({ clientId: 'id', clientSecret: 'hunter2' })
    expect(clients['jira']).toMatchObject({ privateKey: pem.trim() })
  })

  it('X-38: are missed where the file is missing, empty, or the variable set too, and never told', async () => {
    const { problems } = await readSettings({
      env: {
        ...base,
        ...github1,
        GITHUB_OAUTH_CLIENT_SECRET_FILE: secretFile('both', 'hunter3'),
        SPOTIFY_OAUTH_CLIENT_ID: 'id',
        SPOTIFY_OAUTH_CLIENT_SECRET_FILE: join(folder, 'nowhere'),
        DROPBOX_OAUTH_CLIENT_ID: 'id',
        DROPBOX_OAUTH_CLIENT_SECRET_FILE: secretFile('empty', '\n'),
        // What is no secret of ours is left alone.
        SSL_CERT_FILE: join(folder, 'nowhere'),
      },
    })
    expect(problems.join('\n')).toMatch(
      /GITHUB_OAUTH_CLIENT_SECRET and GITHUB_OAUTH_CLIENT_SECRET_FILE are both set/,
    )
    expect(problems.join('\n')).toMatch(/SPOTIFY_OAUTH_CLIENT_SECRET_FILE .*ENOENT/)
    expect(problems.join('\n')).toMatch(/DROPBOX_OAUTH_CLIENT_SECRET_FILE names an empty file/)
    expect(problems.join('\n')).not.toMatch(/hunter|SSL_CERT/)
  })
})

describe('a configuration from a file', () => {
  it('takes credentials from the environment, by the name of the client', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = join(folder, 'key.pem')
    writeFileSync(pem, String(privateKey.export({ type: 'pkcs8', format: 'pem' })))
    const provider = `{ id: 'x', name: 'X', protocol: 'oauth1', route: 'exchange', signature: 'RSA-SHA1',
      requestToken: { url: 'https://x.example/r' }, authorization: { url: 'https://x.example/a' },
      accessToken: { url: 'https://x.example/t' }, api: { baseUrl: 'https://x.example/', cors: false } }`
    const config = await loadConfig({
      file: file(`export default { clients: { 'our-jira': { provider: ${provider} } }, port: 5 }`),
      env: { ...base, ...github1, OUR_JIRA_OAUTH_CONSUMER_KEY: 'ck', OUR_JIRA_OAUTH_RSA_KEY: pem },
    })
    expect(config).toMatchObject({
      port: 5,
      clients: {
        'our-jira': { consumerKey: 'ck', privateKey: expect.stringContaining('BEGIN PRIVATE KEY') },
        github: { clientId: 'id' },
      },
    })
  })

  it.each([
    ['export const x = 1', /no default export/],
    ['throw new Error("broken")', /can't be loaded: broken/],
    [
      'export default { apps: 3, clients: { github: null, x: { provider: () => 1 } } }',
      /apps is no object.*clients.github is no object.*clients.x.provider is a function/s,
    ],
  ])('is refused where it is %s', async (text, problem) => {
    const { problems } = await readSettings({ file: file(text), env: { ...base, ...github1 } })
    expect(problems.join('\n')).toMatch(problem)
  })

  it('is missed where it is not there', async () => {
    const { problems } = await readSettings({ file: 'nothere.mjs', env: { ...base, ...github1 } })
    expect(problems).toEqual([expect.stringContaining('nothere.mjs is not there')])
  })
})

describe('the Redis of the environment', () => {
  const problemsOf = async (url: string): Promise<string> =>
    (await readSettings({ env: { ...base, ...github1, DANCE_REDIS_URL: url } })).problems.join()

  it('has an address of Redis, which is not repeated: it may hold a password', async () => {
    for (const good of ['', 'redis://127.0.0.1:6379', 'rediss://:hunter2@redis.example.com/1']) {
      expect(await problemsOf(good)).toBe('')
    }
    for (const wrong of ['redis.example.com', 'https://u:hunter2@redis.example.com', 'redis://[']) {
      expect(await problemsOf(wrong)).toMatch(
        /^DANCE_REDIS_URL is no address of Redis: give [^@]*$/,
      )
    }
  })

  it('is left alone without one, or with another store', async () => {
    expect((await loadConfig({ env: { ...base, ...github1 } })).store).toBeUndefined()
    const own = file(`export default { store: { first: 'mine' } }`)
    const env = { ...base, ...github1, DANCE_REDIS_URL: 'redis://127.0.0.1:1' }
    expect((await loadConfig({ env, file: own })).store).toEqual({ first: 'mine' })
  })

  it('says what to install', async () => {
    const missing = Object.assign(new Error('Cannot find package'), {
      code: 'ERR_MODULE_NOT_FOUND',
    })
    await expect(
      storeFrom({ DANCE_REDIS_URL: 'redis://127.0.0.1' }, () => Promise.reject(missing)),
    ).rejects.toThrow(/npm install @redis\/client/)
  })
})

it('X-40: takes the limit and the number of proxies from the environment', async () => {
  const env = { ...base, ...github1, DANCE_RATE_LIMIT: '120', DANCE_TRUST_PROXY: '2' }
  expect(await loadConfig({ env })).toMatchObject({ rateLimit: { perAddress: 120 }, trustProxy: 2 })
  const { problems } = await readSettings({
    env: { ...base, ...github1, DANCE_RATE_LIMIT: '0', DANCE_TRUST_PROXY: 'yes' },
  })
  expect(problems.join()).toMatch(
    /DANCE_TRUST_PROXY is no whole number: say how many proxies.*rateLimit.perAddress is 0/,
  )
})
