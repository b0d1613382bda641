import { expect, it } from 'vitest'
import { at, bearer, callback, setUp, type SetUp } from '../testing-internal/dance.ts'
import { danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({ meetup: [{ clientId: 'web', clientSecret: 'web-secret', redirectUris: [callback] }] })

const web: Party = {
  authorizeUrl: at('meetup', '', '/oauth2/authorize'),
  tokenUrl: at('meetup', '', '/oauth2/access'),
  clientId: 'web',
  scope: 'basic',
  credentials: { client_id: 'web', client_secret: 'web-secret' },
}
const graphUrl = at('meetup', 'api-meetup-com', '/gql-ext')

const ask = (emulator: SetUp, token: unknown, body: string, type = 'application/json') =>
  emulator.fetch(
    new Request(graphUrl, {
      method: 'POST',
      body,
      headers: { ...bearer(token), 'content-type': type },
    }),
  )

it('answers a GraphQL query with the fields that it names', async () => {
  const emulator = start()
  const { access_token } = (await danceAt(emulator, web)).body
  const reply = await ask(emulator, access_token, '{"query":"query { self { id name } }"}')
  expect(await reply.json()).toEqual({ data: { self: { id: '30001815', name: 'Ada Lovelace' } } })
})

it.each(['{"query":"query { self { id age } }"}', '{"query":"query { event { id } }"}', '{}'])(
  'says under status 200 what is wrong with %s',
  async (body) => {
    const emulator = start()
    const { access_token } = (await danceAt(emulator, web)).body
    const reply = await ask(emulator, access_token, body)
    expect(reply.status).toBe(200)
    expect(await reply.json()).toHaveProperty('errors')
  },
)

it('refuses a query that is no JSON, and a token that it does not know', async () => {
  const emulator = start()
  const { access_token } = (await danceAt(emulator, web)).body
  const query = '{"query":"query { self { id } }"}'
  const asText = await (await ask(emulator, access_token, query, 'text/plain')).json()
  expect(asText).toHaveProperty('errors')
  expect((await ask(emulator, 'unknown', query)).status).toBe(401)
})

it('takes no Basic, and does not look at PKCE', async () => {
  const emulator = start()
  const basic: Party = {
    ...web,
    credentials: {},
    headers: { authorization: `Basic ${btoa('web:web-secret')}` },
  }
  expect((await danceAt(emulator, basic)).status).toBe(401)
  const plain = { code_challenge: 'short', code_challenge_method: 'plain' }
  expect((await danceAt(emulator, web, plain)).status).toBe(200)
})

it('rotates its refresh tokens', async () => {
  const emulator = start()
  const { refresh_token } = (await danceAt(emulator, web)).body
  expect((await refreshAt(emulator, web, refresh_token)).status).toBe(200)
  expect((await refreshAt(emulator, web, refresh_token)).body.error).toBe('invalid_grant')
})

it.each([web.tokenUrl, graphUrl])('answers nothing to pages at %s', async (address) => {
  const headers = { origin: 'https://app.example.com' }
  const preflight = await start().fetch(new Request(address, { method: 'OPTIONS', headers }))
  expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
})
