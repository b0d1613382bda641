import { describe, expect, it } from 'vitest'
import {
  answerConsent,
  at,
  bearer,
  callback,
  get,
  post,
  setUp,
  type SetUp,
} from '../testing-internal/dance.ts'
import { authorizeAt, codeFor, danceAt, redeemAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({ facebook: [{ clientId: 'fb', clientSecret: 'fb-secret', redirectUris: [callback] }] })

const graph = (path: string): string => at('facebook', 'graph-facebook-com', path)
const meUrl = graph('/v25.0/me?fields=id,name,email,picture')

const party = (version = '/v25.0'): Party => ({
  authorizeUrl: at('facebook', '', `${version}/dialog/oauth`),
  tokenUrl: graph(`${version}/oauth/access_token`),
  clientId: 'fb',
  scope: 'public_profile,email',
  credentials: { client_id: 'fb', client_secret: 'fb-secret' },
})

describe('the dance with Facebook', () => {
  it.each(['', '/v19.0', '/v25.0'])('goes to the API below "%s"', async (version) => {
    const emulator = start()
    const { body } = await danceAt(emulator, party(version))
    expect(body).toEqual({
      access_token: expect.stringMatching(/^EAA.{20}/),
      expires_in: 5400,
      token_type: 'bearer',
    })
    const me = await get(emulator, graph(`${version}/me`), bearer(body.access_token))
    expect(await me.json()).toEqual({ id: '10223456701815', name: 'Ada Lovelace' })
  })

  it('nests the picture, and leaves out an e-mail address that there is not', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, party(), {}, 'lin')
    const me = await (await get(emulator, meUrl, bearer(body.access_token))).json()
    expect(me).toMatchObject({ name: 'lin', picture: { data: { is_silhouette: true } } })
    expect(me).not.toHaveProperty('email')
    const picture = await get(emulator, me.picture.data.url)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })

  it('puts a fragment behind both answers', async () => {
    const approved = await answerConsent(start(), authorizeAt(party()))
    expect(approved.hash).toBe('#_=_')
    const declined = await answerConsent(start(), authorizeAt(party()), 'decline')
    expect(declined.hash).toBe('#_=_')
    expect(declined.searchParams.get('error')).toBe('access_denied')
  })

  it('takes the token request by GET too', async () => {
    const emulator = start()
    const { tokenUrl, credentials } = party()
    const query = new URLSearchParams({
      ...credentials,
      code: await codeFor(emulator, party(), { code_challenge: undefined }),
      redirect_uri: callback,
    })
    expect((await get(emulator, `${tokenUrl}?${query}`)).status).toBe(200)
  })
})

describe('without a secret', () => {
  const spa: Party = {
    ...party(),
    clientId: 'spa',
    scope: 'openid,public_profile',
    credentials: { client_id: 'spa' },
  }
  const open = () => setUp({ facebook: [{ clientId: 'spa', redirectUris: [callback] }] })

  it('there is OpenID Connect with PKCE', async () => {
    const emulator = open()
    const { status, body } = await danceAt(emulator, spa, { nonce: 'n' })
    expect(status).toBe(200)
    expect(JSON.parse(atob(body.id_token.split('.')[1]))).toMatchObject({
      iss: at('facebook', '', ''),
      sub: '10223456701815',
      nonce: 'n',
    })
    const keys = await get(
      emulator,
      at('facebook', 'limited-facebook-com', '/.well-known/oauth/openid/jwks/'),
    )
    expect(await keys.json()).toHaveProperty('keys')
  })

  it('there is nothing without the scope openid', async () => {
    expect((await danceAt(open(), { ...spa, scope: 'public_profile' })).status).toBe(400)
  })
})

describe('a token of 60 days', () => {
  const swap = (emulator: SetUp, token: string, change: Record<string, string> = {}) => {
    const { tokenUrl, credentials } = party()
    const grant = { grant_type: 'fb_exchange_token', fb_exchange_token: token }
    return post(emulator, tokenUrl, { ...credentials, ...grant, ...change })
  }

  it('is given for one that lives, which goes on living', async () => {
    const emulator = start()
    const { access_token } = (await danceAt(emulator, party())).body
    const long = await (await swap(emulator, access_token)).json()
    expect(long).toMatchObject({ expires_in: 5_184_000, token_type: 'bearer' })
    expect((await get(emulator, meUrl, bearer(access_token))).status).toBe(200)
    emulator.wait(5400)
    expect((await get(emulator, meUrl, bearer(access_token))).status).toBe(401)
    expect((await get(emulator, meUrl, bearer(long.access_token))).status).toBe(200)
    expect((await swap(emulator, access_token)).status).toBe(400)
  })

  it('is refused without the right secret', async () => {
    const emulator = start()
    const { access_token } = (await danceAt(emulator, party())).body
    expect((await swap(emulator, access_token, { client_secret: 'wrong' })).status).toBe(400)
  })
})

describe('strictness', () => {
  it('says what is wrong in an object', async () => {
    const emulator = start()
    const code = await codeFor(emulator, party())
    expect((await redeemAt(emulator, party(), code)).status).toBe(200)
    expect(await redeemAt(emulator, party(), code)).toMatchObject({
      status: 400,
      body: { error: { type: 'OAuthException', code: 100 } },
    })
    expect(
      await redeemAt(emulator, party(), await codeFor(emulator, party()), {
        client_secret: undefined,
      }),
    ).toMatchObject({ status: 400, body: { error: { code: 1 } } })
    expect(await (await get(emulator, meUrl)).json()).toMatchObject({ error: { code: 2500 } })
  })

  it('knows no refresh', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: 'x' }
    expect((await redeemAt(start(), party(), '', form)).status).toBe(400)
  })

  it('ends all that an app has for a person by a bearer token of theirs', async () => {
    const emulator = start()
    const one = await danceAt(emulator, party())
    const two = await danceAt(emulator, party())
    const other = await danceAt(emulator, party(), {}, 'grace')
    const remove = (token: unknown): Promise<Response> =>
      emulator.fetch(
        new Request(graph('/v25.0/me/permissions'), { method: 'DELETE', headers: bearer(token) }),
      )
    expect((await remove('x')).status).toBe(401)
    expect(await (await remove(one.body.access_token)).json()).toEqual({ success: true })
    expect((await get(emulator, meUrl, bearer(two.body.access_token))).status).toBe(401)
    expect((await get(emulator, meUrl, bearer(other.body.access_token))).status).toBe(200)
  })
})
