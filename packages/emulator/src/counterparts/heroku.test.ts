import { expect, it } from 'vitest'
import { at, bearer, callback, get, setUp } from '../testing-internal/dance.ts'
import { danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({ heroku: [{ clientId: 'web', clientSecret: 'shh', redirectUris: [callback] }] })
const web: Party = {
  authorizeUrl: at('heroku', '', '/oauth/authorize'),
  tokenUrl: at('heroku', '', '/oauth/token'),
  clientId: 'web',
  scope: 'identity',
  credentials: { client_id: 'web', client_secret: 'shh' },
}
const accountUrl = at('heroku', 'api-heroku-com', '/account')

it('wants the version of the API in the Accept header', async () => {
  const emulator = start()
  const { access_token } = (await danceAt(emulator, web)).body
  const call = (accept: string) => get(emulator, accountUrl, { ...bearer(access_token), accept })
  expect((await call('application/json')).status).toBe(404)
  expect((await call('application/vnd.heroku+json; version=1')).status).toBe(404)
  const account = await call('application/vnd.heroku+json; version=3')
  expect(await account.json()).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.com' })
})

it('refreshes, and says whose token it is', async () => {
  const emulator = start()
  const { body } = await danceAt(emulator, web)
  expect(body).toMatchObject({ expires_in: 28_800, user_id: expect.stringMatching(/1815$/) })
  expect((await refreshAt(emulator, web, body.refresh_token)).status).toBe(200)
})
