import { describe, expect, it } from 'vitest'
import { answerConsent, at, bearer, callback, get, setUp } from '../testing-internal/dance.ts'
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
