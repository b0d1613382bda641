import { describe, expect, it } from 'vitest'
import { at, bearer, callback, destination, get, setUp } from '../testing-internal/dance.ts'
import { authorizeAt, danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const loopback = { named: 'http://localhost:5173/cb', literal: 'http://127.0.0.1:5173/cb' }
const start = () =>
  setUp({
    spotify: [{ clientId: 'spa', redirectUris: [callback, loopback.named, loopback.literal] }],
  })

const spa: Party = {
  authorizeUrl: at('spotify', '', '/authorize'),
  tokenUrl: at('spotify', '', '/api/token'),
  clientId: 'spa',
  scope: 'user-read-email',
  credentials: { client_id: 'spa' },
}
const meUrl = at('spotify', 'api-spotify-com', '/v1/me')

describe('the dance with Spotify', () => {
  it('goes from the consent page to a profile with a picture', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa)
    expect(body).toEqual({
      access_token: expect.stringMatching(/^.{20}/),
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^.{20}/),
      scope: 'user-read-email',
      token_type: 'Bearer',
    })
    const me = await (await get(emulator, meUrl, bearer(body.access_token))).json()
    expect(me).toMatchObject({ account_id: 'smedjan1815', id: 'ada-lovelace' })
    expect(me).toMatchObject({ display_name: 'Ada Lovelace', email: 'ada@example.com' })
    const picture = await get(emulator, me.images[0].url)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })

  it('leaves out what was not asked for or is not there', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa, { scope: undefined }, 'lin')
    const me = await (await get(emulator, meUrl, bearer(body.access_token))).json()
    expect(me).toMatchObject({ display_name: null, images: [] })
    expect(me).not.toHaveProperty('email')
  })

  it('refuses localhost by name, however it is registered, and takes the literal', async () => {
    const page = (uri: string) => get(start(), authorizeAt(spa, { redirect_uri: uri }))
    expect((await page(loopback.named)).status).toBe(400)
    expect(await (await page(loopback.named)).text()).toContain('127.0.0.1')
    expect((await page(loopback.literal)).status).toBe(200)
  })

  it('shows its dialog again only when told to', async () => {
    const emulator = start()
    await danceAt(emulator, spa)
    const cookie = { cookie: 'emulator_person=ada' }
    const quiet = await get(emulator, authorizeAt(spa), cookie)
    expect(destination(quiet).searchParams.has('code')).toBe(true)
    const shown = await get(emulator, authorizeAt(spa, { show_dialog: 'true' }), cookie)
    expect(shown.status).toBe(200)
  })
})

describe('the refresh of Spotify', () => {
  it('rotates, and leaves the access token alive', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa)
    const second = await refreshAt(emulator, spa, body.refresh_token)
    expect(second.body.refresh_token).not.toBe(body.refresh_token)
    expect((await refreshAt(emulator, spa, body.refresh_token)).body.error).toBe('invalid_grant')
    expect((await get(emulator, meUrl, bearer(body.access_token))).status).toBe(200)
  })

  it('ends half a year after the consent, however often it was used', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa)
    emulator.wait(100 * 86_400)
    const second = await refreshAt(emulator, spa, body.refresh_token)
    expect(second.status).toBe(200)
    emulator.wait(81 * 86_400)
    const third = await refreshAt(emulator, spa, second.body.refresh_token)
    expect(third.status).toBe(200)
    emulator.wait(86_400)
    const late = await refreshAt(emulator, spa, third.body.refresh_token)
    expect(late).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })
})
