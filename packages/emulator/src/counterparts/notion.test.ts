import { expect, it } from 'vitest'
import { at, bearer, callback, get, setUp, type SetUp } from '../testing-internal/dance.ts'
import { authorizeAt, codeFor, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({ notion: [{ clientId: 'web', clientSecret: 'shh', redirectUris: [callback] }] })
const url = (path: string): string => at('notion', '', `/v1/${path}`)
const web: Party = {
  authorizeUrl: url('oauth/authorize'),
  tokenUrl: url('oauth/token'),
  clientId: 'web',
  scope: '',
  credentials: {},
}
const owner = { owner: 'user' }
const version = { 'notion-version': '2022-06-28' }

const ask = (emulator: SetUp, path: string, body: string, headers: Record<string, string> = {}) =>
  emulator.fetch(
    new Request(url(path), {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${btoa('web:shh')}`,
        ...headers,
      },
    }),
  )

async function dance(emulator: SetUp) {
  const code = await codeFor(emulator, web, owner)
  const grant = { grant_type: 'authorization_code', code, redirect_uri: callback }
  return (await ask(emulator, 'oauth/token', JSON.stringify(grant))).json()
}

it('says whose workspace it is, but nothing of scopes or an end', async () => {
  const reply = await dance(start())
  expect(reply).toMatchObject({ token_type: 'bearer', owner: { user: { name: 'Ada Lovelace' } } })
  expect(Object.keys(reply)).not.toEqual(expect.arrayContaining(['expires_in', 'scope']))
})

it('wants to be told whose pages it is about', async () => {
  expect((await get(start(), authorizeAt(web))).status).toBe(400)
})

it('takes JSON and Basic, and nothing else', async () => {
  const emulator = start()
  const grant = { grant_type: 'authorization_code', code: await codeFor(emulator, web, owner) }
  const form = await ask(emulator, 'oauth/token', String(new URLSearchParams(grant)), {
    'content-type': 'application/x-www-form-urlencoded',
  })
  expect(await form.json()).toMatchObject({ code: 'invalid_json' })
  const inBody = JSON.stringify({ ...grant, client_id: 'web', client_secret: 'shh' })
  const withoutBasic = await ask(emulator, 'oauth/token', inBody, { authorization: '' })
  expect(withoutBasic.status).toBe(401)
})

it('wants the version of the API in every call', async () => {
  const emulator = start()
  const { access_token } = await dance(emulator)
  expect((await get(emulator, url('users/me'), bearer(access_token))).status).toBe(400)
  const me = await get(emulator, url('users/me'), { ...bearer(access_token), ...version })
  expect(await me.json()).toMatchObject({
    type: 'bot',
    bot: { owner: { user: { person: { email: 'ada@example.com' } } } },
  })
})

it('ends the old tokens with a refresh, and all of a dance with a revocation', async () => {
  const emulator = start()
  const first = await dance(emulator)
  const again = { grant_type: 'refresh_token', refresh_token: first.refresh_token }
  const second = await (await ask(emulator, 'oauth/token', JSON.stringify(again))).json()
  const status = async (token: string) =>
    (await get(emulator, url('users/me'), { ...bearer(token), ...version })).status
  expect(await status(first.access_token)).toBe(401)
  expect(await status(second.access_token)).toBe(200)
  const token = JSON.stringify({ token: second.access_token })
  expect((await ask(emulator, 'oauth/revoke', token)).status).toBe(200)
  expect(await status(second.access_token)).toBe(401)
})
