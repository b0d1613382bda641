import { describe, expect, it } from 'vitest'
import {
  at,
  bearer,
  callback,
  destination,
  get,
  setUp,
  type SetUp,
} from '../testing-internal/dance.ts'
import { authorizeAt, danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () => setUp({ dropbox: [{ clientId: 'spa', redirectUris: [callback] }] })

const spa: Party = {
  authorizeUrl: at('dropbox', '', '/oauth2/authorize'),
  tokenUrl: at('dropbox', 'api-dropboxapi-com', '/oauth2/token'),
  clientId: 'spa',
  scope: 'account_info.read',
  credentials: { client_id: 'spa' },
}
const offline = { token_access_type: 'offline' }
const accountUrl = at('dropbox', 'api-dropboxapi-com', '/2/users/get_current_account')
const revokeUrl = at('dropbox', 'api-dropboxapi-com', '/2/auth/token/revoke')

const call = (emulator: SetUp, address: string, token: unknown, body?: string) =>
  emulator.fetch(
    new Request(address, {
      method: 'POST',
      headers: bearer(token),
      ...(body !== undefined && { body }),
    }),
  )

describe('the dance with Dropbox', () => {
  it('names the account in the token reply and in the profile', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa, offline)
    expect(body).toEqual({
      access_token: expect.stringMatching(/^.{20}/),
      account_id: expect.stringMatching(/^dbid:/),
      expires_in: 14_400,
      refresh_token: expect.stringMatching(/^.{20}/),
      scope: 'account_info.read',
      token_type: 'bearer',
      uid: '1815',
    })
    const account = await (await call(emulator, accountUrl, body.access_token)).json()
    expect(account).toMatchObject({
      account_id: body.account_id,
      name: { display_name: 'Ada Lovelace' },
      email: 'ada@example.com',
    })
    const photo = await get(emulator, account.profile_photo_url)
    expect(photo.headers.get('content-type')).toBe('image/svg+xml')
  })

  it('is asked for the profile by POST without a body', async () => {
    const emulator = start()
    const { access_token } = (await danceAt(emulator, spa)).body
    expect((await get(emulator, accountUrl, bearer(access_token))).status).toBe(405)
    expect((await call(emulator, accountUrl, access_token, 'a=b')).status).toBe(400)
    expect((await call(emulator, accountUrl, access_token, 'null')).status).toBe(200)
    expect((await call(emulator, accountUrl, 'x')).status).toBe(401)
  })

  it('asks again for consent only when told to', async () => {
    const emulator = start()
    await danceAt(emulator, spa)
    const cookie = { cookie: 'emulator_person=ada' }
    const quiet = await get(emulator, authorizeAt(spa), cookie)
    expect(destination(quiet).searchParams.has('code')).toBe(true)
    const shown = await get(emulator, authorizeAt(spa, { force_reapprove: 'true' }), cookie)
    expect(shown.status).toBe(200)
  })
})

describe('the refresh and revocation of Dropbox', () => {
  it('gives a refresh token only for offline access', async () => {
    const emulator = start()
    expect((await danceAt(emulator, spa)).body).not.toHaveProperty('refresh_token')
    const online = await danceAt(emulator, spa, { token_access_type: 'online' })
    expect(online.body).not.toHaveProperty('refresh_token')
  })

  it('answers a refresh with an access token alone, and the refresh token stays', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa, offline)
    for (let turn = 0; turn < 2; turn++) {
      expect(await refreshAt(emulator, spa, body.refresh_token)).toEqual({
        status: 200,
        body: {
          access_token: expect.stringMatching(/^.{20}/),
          expires_in: 14_400,
          token_type: 'bearer',
        },
      })
    }
  })

  it('ends the whole dance by its access token, and no other dance', async () => {
    const emulator = start()
    const one = (await danceAt(emulator, spa, offline)).body
    const other = (await danceAt(emulator, spa, offline)).body
    expect((await call(emulator, revokeUrl, one.refresh_token)).status).toBe(401)
    expect((await call(emulator, revokeUrl, one.access_token)).status).toBe(200)
    expect((await call(emulator, accountUrl, one.access_token)).status).toBe(401)
    expect((await refreshAt(emulator, spa, one.refresh_token)).status).toBe(400)
    expect((await call(emulator, accountUrl, other.access_token)).status).toBe(200)
  })
})
