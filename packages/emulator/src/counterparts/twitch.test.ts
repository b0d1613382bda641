import { expect, it } from 'vitest'
import { at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import { danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({ twitch: [{ clientId: 'web', clientSecret: 'shh', redirectUris: [callback] }] })
const web: Party = {
  authorizeUrl: at('twitch', '', '/oauth2/authorize'),
  tokenUrl: at('twitch', '', '/oauth2/token'),
  clientId: 'web',
  scope: 'user:read:email chat:read',
  credentials: { client_id: 'web', client_secret: 'shh' },
}
const usersUrl = at('twitch', 'api-twitch-tv', '/helix/users')

it('gives the scopes as a list', async () => {
  const { body } = await danceAt(start(), web)
  expect(body).toMatchObject({ scope: ['user:read:email', 'chat:read'], expires_in: 14_400 })
})

it('wants the client of a token to be named in each call', async () => {
  const emulator = start()
  const { access_token } = (await danceAt(emulator, web)).body
  const call = (headers: Record<string, string>) =>
    get(emulator, usersUrl, { ...bearer(access_token), ...headers })
  expect((await call({})).status).toBe(401)
  expect((await call({ 'client-id': 'other' })).status).toBe(401)
  expect(await (await call({ 'client-id': 'web' })).json()).toMatchObject({
    data: [{ login: 'ada_lovelace', email: 'ada@example.com' }],
  })
})

it('says by a message what is wrong, and takes no Basic', async () => {
  const emulator = start()
  expect(await refreshAt(emulator, web, 'unknown')).toEqual({
    status: 400,
    body: { status: 400, message: 'Invalid refresh token' },
  })
  const basic = { authorization: `Basic ${btoa('web:shh')}` }
  expect((await danceAt(emulator, { ...web, credentials: {}, headers: basic })).status).toBe(403)
})

it('takes a token back without the secret', async () => {
  const emulator = start()
  const { access_token } = (await danceAt(emulator, web)).body
  const url = at('twitch', '', '/oauth2/revoke')
  const form = { client_id: 'web', token: access_token }
  expect((await post(emulator, url, { ...form, client_id: 'other' })).status).toBe(400)
  expect((await post(emulator, url, form)).status).toBe(200)
  const headers = { ...bearer(access_token), 'client-id': 'web' }
  expect((await get(emulator, usersUrl, headers)).status).toBe(401)
})
