import { createHmac } from 'node:crypto'
import { twitter } from '@spa-dance/providers/twitter'
import { describe, expect, it } from 'vitest'
import { webCrypto } from '../crypto/web.ts'
import type { OAuth1ClientConfig } from '../config/types.ts'
import { ath, baseUrl, page, reply, rig, verifier, type Rig } from '../testing-internal/harness.ts'
import { oracleBaseString } from '../testing-internal/rfc5849.ts'
import type { RequestLogEntry } from '../observe/types.ts'
import { createClock } from './clock.ts'
import { createAuthorization } from './sign.ts'

const config = (more: Partial<OAuth1ClientConfig> = {}): OAuth1ClientConfig => ({
  kind: 'oauth1',
  name: 'twitter',
  issuer: `${baseUrl}/twitter`,
  callbackUri: `${baseUrl}/twitter/callback`,
  scopes: [],
  allowedScopes: new Set(),
  provider: twitter(),
  consumerKey: 'key',
  secret: 'secret',
  ...more,
})
const url = new URL('https://api.x.com/2/tweets')
const header = (more: Partial<OAuth1ClientConfig> = {}): Promise<string> =>
  createAuthorization(config(more), webCrypto(), createClock())({ method: 'POST', url, pairs: [] })
const read = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      decodeURIComponent(value),
    ]),
  )

const form = { grant_type: 'authorization_code', code_verifier: verifier }
const secrets = { request: 'request-token-SECRET', access: 'access-token-SECRET' }

function script(r: Rig): void {
  r.upstream.on(
    'api.x.com/oauth/request_token',
    reply(`oauth_token=rt&oauth_token_secret=${secrets.request}&oauth_callback_confirmed=true`),
  )
  r.upstream.on(
    'api.x.com/oauth/access_token',
    reply(`oauth_token=at&oauth_token_secret=${secrets.access}&user_id=7`),
  )
  r.upstream.on('api.x.com/2/tweets', reply({ data: {} }))
  r.upstream.on('api.x.com/1.1/oauth/invalidate_token', reply('', 403))
}

/** Signs in, and gives the token reply. */
async function signIn(r: Rig): Promise<Response> {
  const code = await r.code('twitter', { oauth_token: 'rt', oauth_verifier: 'v' })
  return r.post('/twitter/token', { ...form, code })
}

/** Calls the API through the relay. */
async function call(r: Rig, token: string, nonce: string, init: RequestInit): Promise<Response> {
  const address = `${baseUrl}/twitter/api/tweets`
  const proof = await r.key.proof(init.method ?? 'GET', address, { ath: await ath(token), nonce })
  const headers = { authorization: `DPoP ${token}`, dpop: proof, origin: page, ...init.headers }
  return r.app.request(address, { ...init, headers })
}

describe('an OAuth 1.0a credential', () => {
  it('O-6: signs where neither token nor secret is there', async () => {
    const { oauth_signature: signature, ...oauth } = read(await header({ secret: '' }))
    const text = oracleBaseString('POST', url.href, Object.entries(oauth))
    expect(signature).toBe(createHmac('sha1', '&').update(text).digest('base64'))
  })

  it('O-7: signs no body but a form, and claims no hash of any', async () => {
    const r = await rig()
    script(r)
    const signedIn = await signIn(r)
    const { access_token: token } = (await signedIn.json()) as { access_token: string }
    const nonce = signedIn.headers.get('dpop-nonce') ?? ''
    const body = '{"text":"a=b&c=d"}'
    const headers = { 'content-type': 'application/json' }
    expect((await call(r, token, nonce, { method: 'POST', body, headers })).status).toBe(200)
    const sent = r.upstream.seen.at(-1)
    expect(sent?.body).toBe(body)
    const { oauth_signature: signature, ...oauth } = read(sent?.headers.get('authorization') ?? '')
    expect(Object.keys(oauth)).not.toContain('oauth_body_hash')
    const text = oracleBaseString('POST', url.href, Object.entries(oauth))
    const key = `tw-SECRET&${secrets.access}`
    expect(signature).toBe(createHmac('sha1', key).update(text).digest('base64'))
  })

  it('O-9: goes into a header without a realm, with every quote escaped', async () => {
    const text = await header({ consumerKey: 'k", realm="evil' })
    expect(text).toMatch(/^OAuth oauth_/)
    expect(text).not.toContain('realm=')
    expect(read(text)['oauth_consumer_key']).toBe('k", realm="evil')
  })

  it('O-12: shows its secrets to nobody: neither page, provider nor log', async () => {
    const log: RequestLogEntry[] = []
    const r = await rig({ log: (entry) => log.push(entry) })
    const answers: string[] = []
    const told = async (response: Response): Promise<Response> => {
      const text = await response.clone().text()
      answers.push(JSON.stringify([...response.headers]), text)
      return response
    }
    script(r)
    await told(await r.authorize('twitter'))
    const signedIn = await told(await signIn(r))
    const nonce = signedIn.headers.get('dpop-nonce') ?? ''
    const tokens = (await signedIn.json()) as Record<string, string>
    await told(await call(r, tokens['access_token'] ?? '', nonce, {}))
    await told(await r.post('/twitter/revoke', { token: tokens['refresh_token'] }))

    expect(log.length).toBeGreaterThan(4)
    expect(answers.join()).toContain('access_token')
    const sent = r.upstream.seen.map((seen) => [seen.url.href, [...seen.headers], seen.body])
    const everything = JSON.stringify([answers, log, sent])
    for (const secret of [secrets.request, secrets.access, 'tw-SECRET']) {
      expect(everything).not.toContain(secret)
    }
  })
})
