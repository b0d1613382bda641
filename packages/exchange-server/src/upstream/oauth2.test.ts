import { facebook } from '@spa-dance/providers/facebook'
import { gitlab } from '@spa-dance/providers/gitlab'
import { google } from '@spa-dance/providers/google'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { reply, rig, verifier, type Rig } from '../testing-internal/harness.ts'

const { privateKey, publicKey } = await generateKeyPair('RS256')
const jwk = { ...(await exportJWK(publicKey)), kid: 'a', alg: 'RS256' }
const secrets = { clientId: 'g-id', clientSecret: 'g-SECRET' }

function idToken(claims: object): Promise<string> {
  return new SignJWT({ nonce: 'n', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'a' })
    .setIssuer('https://accounts.google.com')
    .setAudience('g-id')
    .setSubject('u1')
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(privateKey)
}

/** Signs in at a Google that answers with this ID token. */
async function signIn(r: Rig, idTokenSent: string | undefined): Promise<Response> {
  const tokens = { access_token: 'ya29.a', token_type: 'Bearer', expires_in: 3599 }
  r.upstream.on('www.googleapis.com/oauth2/v3/certs', reply({ keys: [jwk] }))
  r.upstream.on('oauth2.googleapis.com/token', reply({ ...tokens, id_token: idTokenSent }))
  const code = await r.code('google', { code: 'c' }, { nonce: 'n' })
  return r.post('/google/token', {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
  })
}

describe('a Google of one hosted domain', () => {
  const options = {
    clients: { google: { provider: google({ hostedDomain: 'example.com' }), ...secrets } },
  }

  it('lets an account of that domain in', async () => {
    const answer = await signIn(await rig(options), await idToken({ hd: 'example.com' }))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      account: { iss: 'https://accounts.google.com', id: 'u1' },
    })
  })

  it.each([{ hd: 'evil.example' }, {}])(
    'B-29: refuses an account with %o, and gives no token',
    async (claims) => {
      const answer = await signIn(await rig(options), await idToken(claims))
      const body = await answer.text()
      expect(answer.status).toBe(400)
      expect(JSON.parse(body)).toMatchObject({ error: 'access_denied' })
      expect(body).not.toContain('ya29')
    },
  )

  it('B-29: refuses a reply without an ID token, also where openid was not asked for', async () => {
    const provider = google({ hostedDomain: 'example.com' })
    const r = await rig({ clients: { google: { provider, ...secrets, scopes: ['email'] } } })
    expect((await signIn(r, undefined)).status).toBe(502)
  })
})

it('takes any account, and a reply without an ID token, where neither is asked for', async () => {
  const r = await rig({
    clients: { google: { provider: google(), ...secrets, scopes: ['email'] } },
  })
  expect((await signIn(r, undefined)).status).toBe(200)
})

it('names its own callback at a refresh to who wants it', async () => {
  const provider = { ...gitlab(), route: 'exchange' as const }
  const r = await rig({ clients: { gitlab: { provider, clientId: 'gl-id', clientSecret: 's' } } })
  const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 60, refresh_token: 'rt' }
  r.upstream.on('gitlab.com/oauth/token', reply(tokens))
  const form = { grant_type: 'authorization_code', code_verifier: verifier }
  const code = await r.code('gitlab', { code: 'c' })
  const first = await r.post('/gitlab/token', { ...form, code })
  const { refresh_token } = (await first.json()) as { refresh_token: string }
  const again = { grant_type: 'refresh_token', refresh_token }
  const nonce = first.headers.get('dpop-nonce') ?? undefined
  expect((await r.post('/gitlab/token', again, { nonce })).status).toBe(200)
  expect(new URLSearchParams(r.upstream.seen.at(-1)?.body).get('redirect_uri')).toBe(
    'https://auth.example.com/gitlab/callback',
  )
})

describe('a Facebook whose tokens are swapped', () => {
  const at = 'graph.facebook.com/v25.0/oauth/access_token'
  const provider = facebook({ longLived: true })
  const start = () =>
    rig({ clients: { facebook: { provider, clientId: 'fb-id', clientSecret: 'fb-SECRET' } } })
  const redeem = async (r: Rig): Promise<Response> => {
    const code = await r.code('facebook', { code: 'c' })
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier }
    return r.post('/facebook/token', form)
  }
  const short = { access_token: 'EAA-short', token_type: 'bearer', expires_in: 5400 }
  const long = { access_token: 'EAA-long', token_type: 'bearer', expires_in: 5_184_000 }

  it('seals the long token, and shows the page neither', async () => {
    const r = await start()
    r.upstream.on(at, reply(short), reply(long))
    const answer = await redeem(r)
    const body = await answer.text()
    expect(JSON.parse(body)).toMatchObject({
      token_type: 'DPoP',
      refresh_token: expect.any(String),
      scope: 'public_profile email',
    })
    expect(body).not.toContain('EAA')
    const [, second] = r.upstream.seen
    expect(Object.fromEntries(new URLSearchParams(second?.body))).toEqual({
      grant_type: 'fb_exchange_token',
      fb_exchange_token: 'EAA-short',
      client_id: 'fb-id',
      client_secret: 'fb-SECRET',
    })
  })

  it('gives no token where the swap fails: it never falls back', async () => {
    const r = await start()
    r.upstream.on(at, reply(short), reply({ error: { message: 'No.', code: 1 } }, 400))
    const answer = await redeem(r)
    expect(answer.status).toBe(502)
    expect(await answer.text()).not.toContain('EAA')
  })
})
