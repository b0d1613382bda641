import { expect, it } from 'vitest'
import { at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import { danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({
    reddit: [
      { clientId: 'web', clientSecret: 'shh', redirectUris: [callback] },
      { clientId: 'installed', redirectUris: [callback] },
    ],
  })
const agent = { 'user-agent': 'web:com.example.test:v1.0 (by /u/ada)' }
const basic = (pair: string) => ({ authorization: `Basic ${btoa(pair)}` })
const web: Party = {
  authorizeUrl: at('reddit', '', '/api/v1/authorize'),
  tokenUrl: at('reddit', '', '/api/v1/access_token'),
  clientId: 'web',
  scope: 'identity',
  credentials: {},
  headers: { ...agent, ...basic('web:shh') },
}
const meUrl = at('reddit', 'oauth-reddit-com', '/api/v1/me')
const permanent = { duration: 'permanent' }

it('wants Basic, of an app without a secret too', async () => {
  const emulator = start()
  const installed: Party = {
    ...web,
    clientId: 'installed',
    headers: { ...agent, ...basic('installed:') },
  }
  expect((await danceAt(emulator, web)).status).toBe(200)
  expect((await danceAt(emulator, installed)).status).toBe(200)
  const inBody: Party = { ...installed, headers: agent, credentials: { client_id: 'installed' } }
  expect((await danceAt(emulator, inBody)).status).toBe(401)
})

it('slows down who has no name of its own', async () => {
  const emulator = start()
  const nameless = { ...web, headers: { ...basic('web:shh'), 'user-agent': 'spa-dance-exchange' } }
  expect((await danceAt(emulator, nameless)).status).toBe(429)
  const { body } = await danceAt(emulator, web)
  expect((await get(emulator, meUrl, bearer(body.access_token))).status).toBe(429)
  const me = await get(emulator, meUrl, { ...bearer(body.access_token), ...agent })
  expect(await me.json()).toMatchObject({ name: 'ada-lovelace' })
})

it('gives a refresh token for a permanent duration, and wants the redirect URI with it', async () => {
  const emulator = start()
  expect((await danceAt(emulator, web)).body).not.toHaveProperty('refresh_token')
  const { refresh_token } = (await danceAt(emulator, web, permanent)).body
  expect((await refreshAt(emulator, web, refresh_token)).body).toHaveProperty('error')
  const again = await refreshAt(emulator, web, refresh_token, { redirect_uri: callback })
  expect(again.body).toHaveProperty('access_token')
  expect(again.body).not.toHaveProperty('refresh_token')
})

it('answers a dead refresh token with a number, and a spent code with status 200', async () => {
  const emulator = start()
  expect(await refreshAt(emulator, web, 'unknown', { redirect_uri: callback })).toEqual({
    status: 400,
    body: { message: 'Bad Request', error: 400 },
  })
  const spent = { grant_type: 'authorization_code', code: 'spent', redirect_uri: callback }
  const reply = await post(emulator, web.tokenUrl, spent, { ...web.headers })
  expect([reply.status, await reply.json()]).toEqual([200, { error: 'invalid_grant' }])
})

it('says nothing of what was revoked', async () => {
  const emulator = start()
  const { body } = await danceAt(emulator, web, permanent)
  const url = at('reddit', '', '/api/v1/revoke_token')
  const reply = await post(emulator, url, { token: body.refresh_token }, { ...web.headers })
  expect([reply.status, await reply.text()]).toEqual([204, ''])
  expect((await get(emulator, meUrl, { ...bearer(body.access_token), ...agent })).status).toBe(401)
})
