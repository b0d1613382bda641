import { expect, it } from 'vitest'
import { at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import { danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({ digitalocean: [{ clientId: 'web', clientSecret: 'shh', redirectUris: [callback] }] })
const credentials = { client_id: 'web', client_secret: 'shh' }
const web: Party = {
  authorizeUrl: at('digitalocean', '', '/v1/oauth/authorize'),
  tokenUrl: at('digitalocean', '', '/v1/oauth/token'),
  clientId: 'web',
  scope: 'read',
  credentials,
}
const accountUrl = at('digitalocean', 'api-digitalocean-com', '/v2/account')

it('tells with the tokens whose they are', async () => {
  const emulator = start()
  const { body } = await danceAt(emulator, web)
  expect(body).toMatchObject({ expires_in: 2_592_000, info: { name: 'Ada Lovelace' } })
  const account = await (await get(emulator, accountUrl, bearer(body.access_token))).json()
  expect(account.account).toMatchObject(body.info)
})

it('ends the old access token with a refresh, and the rest with a revocation', async () => {
  const emulator = start()
  const first = (await danceAt(emulator, web)).body
  const second = (await refreshAt(emulator, web, first.refresh_token)).body
  const status = async (token: string) => (await get(emulator, accountUrl, bearer(token))).status
  expect(await status(first.access_token)).toBe(401)
  expect(await status(second.access_token)).toBe(200)
  const url = at('digitalocean', '', '/v1/oauth/revoke')
  const form = { ...credentials, token: second.refresh_token }
  expect((await post(emulator, url, form)).status).toBe(200)
  expect(await status(second.access_token)).toBe(401)
})
