import { describe, expect, it } from 'vitest'
import {
  answerConsent,
  at,
  bearer,
  callback,
  destination,
  get,
  post,
  setUp,
} from '../testing-internal/dance.ts'
import {
  authorizeAt,
  codeFor,
  danceAt,
  redeemAt,
  refreshAt,
  type Party,
} from '../testing-internal/party.ts'

const start = () =>
  setUp({
    x: [
      { clientId: 'web', clientSecret: 'web-secret', redirectUris: [callback] },
      { clientId: 'spa', redirectUris: [callback] },
    ],
  })

const apiAt = (path: string): string => at('x', 'api-x-com', path)
const meUrl = apiAt('/2/users/me?user.fields=profile_image_url,confirmed_email')
const basic = { authorization: `Basic ${btoa('web:web-secret')}` }

const web: Party = {
  authorizeUrl: at('x', '', '/i/oauth2/authorize'),
  tokenUrl: apiAt('/2/oauth2/token'),
  clientId: 'web',
  scope: 'users.read tweet.read offline.access',
  credentials: {},
  headers: basic,
}
const spa: Party = { ...web, clientId: 'spa', credentials: { client_id: 'spa' }, headers: {} }

describe('the dance with X', () => {
  it('goes from the consent page to a nested profile', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web)
    expect(body).toEqual({
      access_token: expect.stringMatching(/^.{20}/),
      expires_in: 7200,
      refresh_token: expect.stringMatching(/^.{20}/),
      scope: 'users.read tweet.read offline.access',
      token_type: 'bearer',
    })
    const me = await (await get(emulator, meUrl, bearer(body.access_token))).json()
    expect(me.data).toEqual({
      id: '2244991815',
      name: 'Ada Lovelace',
      username: 'ada_lovelace',
      profile_image_url: expect.stringContaining('pbs-twimg-com.x.'),
    })
    const picture = await get(emulator, me.data.profile_image_url)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })

  it('shows the e-mail address to users.email, and no profile without tweet.read', async () => {
    const emulator = start()
    const scope = 'users.read tweet.read users.email'
    const full = await danceAt(emulator, web, { scope })
    const me = await get(emulator, meUrl, bearer(full.body.access_token))
    expect((await me.json()).data.confirmed_email).toBe('ada@example.com')
    const little = await danceAt(emulator, web, { scope: 'users.read' })
    expect((await get(emulator, meUrl, bearer(little.body.access_token))).status).toBe(403)
  })

  it('says access_denied after a decline', async () => {
    const back = await answerConsent(start(), authorizeAt(web), 'decline')
    expect(back.searchParams.get('error')).toBe('access_denied')
  })
})

describe('strictness', () => {
  it.each([
    ['a client with a secret', 'web'],
    ['one without', 'spa'],
  ])('demands PKCE of %s', async (_what, client_id) => {
    const change = { client_id, code_challenge: undefined, code_challenge_method: undefined }
    const back = destination(await get(start(), authorizeAt(web, change)))
    expect(back.searchParams.get('error')).toBe('invalid_request')
  })

  it('takes the secret as Basic only, and nothing of the kind from a client without one', async () => {
    const emulator = start()
    const inBody: Party = {
      ...web,
      credentials: { client_id: 'web', client_secret: 'web-secret' },
      headers: {},
    }
    expect(await danceAt(emulator, inBody)).toMatchObject({
      status: 401,
      body: { error: 'unauthorized_client' },
    })
    expect(await danceAt(emulator, { ...web, headers: {} })).toMatchObject({ status: 401 })
    expect(await danceAt(emulator, spa)).toMatchObject({ status: 200 })
  })

  it('lets a code live for 30 seconds', async () => {
    const emulator = start()
    const [inTime, late] = [await codeFor(emulator, web), await codeFor(emulator, web)]
    emulator.wait(29)
    expect((await redeemAt(emulator, web, inTime)).status).toBe(200)
    emulator.wait(1)
    expect(await redeemAt(emulator, web, late)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
  })

  it.each([web.tokenUrl, meUrl])('answers nothing to pages at %s', async (address) => {
    const headers = { origin: 'https://app.example.com' }
    const preflight = await start().fetch(new Request(address, { method: 'OPTIONS', headers }))
    expect(preflight.status).toBe(405)
    expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
  })
})

describe('refresh and revocation', () => {
  it('gives a refresh token for offline.access only', async () => {
    const { body } = await danceAt(start(), web, { scope: 'users.read tweet.read' })
    expect(body.refresh_token).toBeUndefined()
  })

  it('rotates, and calls a spent token an invalid request', async () => {
    const emulator = start()
    const first = await danceAt(emulator, web)
    const second = await refreshAt(emulator, web, first.body.refresh_token)
    expect(second.status).toBe(200)
    expect(await refreshAt(emulator, web, first.body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
    expect((await refreshAt(emulator, web, second.body.refresh_token)).status).toBe(200)
  })

  it('gives a dance back by its refresh token', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web)
    const other = await danceAt(emulator, web)
    const form = { token: body.refresh_token, token_type_hint: 'refresh_token' }
    const revokeUrl = apiAt('/2/oauth2/revoke')
    expect((await post(emulator, revokeUrl, form)).status).toBe(401)
    expect((await post(emulator, revokeUrl, form, basic)).status).toBe(200)
    expect((await get(emulator, meUrl, bearer(body.access_token))).status).toBe(401)
    expect((await get(emulator, meUrl, bearer(other.body.access_token))).status).toBe(200)
  })
})
