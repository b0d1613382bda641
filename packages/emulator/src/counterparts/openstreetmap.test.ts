import { expect, it } from 'vitest'
import { at, bearer, callback, destination, get, setUp } from '../testing-internal/dance.ts'
import { authorizeAt, danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () => setUp({ openstreetmap: [{ clientId: 'spa', redirectUris: [callback] }] })
const spa: Party = {
  authorizeUrl: at('openstreetmap', '', '/oauth2/authorize'),
  tokenUrl: at('openstreetmap', '', '/oauth2/token'),
  clientId: 'spa',
  scope: 'read_prefs',
  credentials: { client_id: 'spa' },
}
const meUrl = at('openstreetmap', 'api-openstreetmap-org', '/api/0.6/user/details.json')

it('gives a token without an end, and nothing to refresh it by', async () => {
  const emulator = start()
  const { body } = await danceAt(emulator, spa)
  expect(Object.keys(body).toSorted()).toEqual([
    'access_token',
    'created_at',
    'scope',
    'token_type',
  ])
  const me = await get(emulator, meUrl, bearer(body.access_token))
  expect(await me.json()).toMatchObject({ user: { id: 1815, display_name: 'Ada Lovelace' } })
  expect((await refreshAt(emulator, spa, 'x')).body.error).toBe('unsupported_grant_type')
})

it('demands PKCE of a page, and shows a profile to read_prefs only', async () => {
  const emulator = start()
  const bare = { code_challenge: undefined, code_challenge_method: undefined }
  const back = destination(await get(emulator, authorizeAt(spa, bare)))
  expect(back.searchParams.get('error')).toBe('invalid_request')
  const { body } = await danceAt(emulator, { ...spa, scope: 'read_gpx' })
  expect((await get(emulator, meUrl, bearer(body.access_token))).status).toBe(403)
})
