import { expect, it } from 'vitest'
import { answerConsent, at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import { authorizeAt, danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({ strava: [{ clientId: 'web', clientSecret: 'shh', redirectUris: [callback] }] })
const url = (path: string): string => at('strava', '', path)
const web: Party = {
  authorizeUrl: url('/oauth/authorize'),
  tokenUrl: url('/oauth/token'),
  clientId: 'web',
  scope: 'read,activity:read',
  credentials: { client_id: 'web', client_secret: 'shh' },
}

it('names what was granted in the redirect, and nowhere else', async () => {
  const emulator = start()
  const back = await answerConsent(emulator, authorizeAt(web))
  expect(back.searchParams.get('scope')).toBe('read,activity:read')
  const { body } = await danceAt(emulator, web)
  expect(body).not.toHaveProperty('scope')
  expect(body).toMatchObject({ expires_in: 21_600, athlete: { id: 1815, firstname: 'Ada' } })
})

it('tells of the athlete with the first tokens only, and rotates', async () => {
  const emulator = start()
  const { refresh_token } = (await danceAt(emulator, web)).body
  const again = await refreshAt(emulator, web, refresh_token)
  expect(again.body).not.toHaveProperty('athlete')
  expect(await refreshAt(emulator, web, refresh_token)).toMatchObject({
    status: 400,
    body: { errors: [{ resource: 'RefreshToken', field: 'refresh_token', code: 'invalid' }] },
  })
})

it('takes the app off the list with all of its tokens', async () => {
  const emulator = start()
  const [one, other] = [(await danceAt(emulator, web)).body, (await danceAt(emulator, web)).body]
  const { access_token } = one
  expect((await post(emulator, url('/oauth/deauthorize'), { access_token })).status).toBe(200)
  const reply = await get(emulator, url('/api/v3/athlete'), bearer(other.access_token))
  expect(reply.status).toBe(401)
})
