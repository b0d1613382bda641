import { expect, it } from 'vitest'
import { answerConsent, at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import { authorizeAt, codeFor, redeemAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({ zoho: [{ clientId: 'web', clientSecret: 'shh', redirectUris: [callback] }] })
const credentials = { client_id: 'web', client_secret: 'shh' }
const partyAt = (label: string): Party => ({
  authorizeUrl: at('zoho', '', '/oauth/v2/auth'),
  tokenUrl: at('zoho', label, '/oauth/v2/token'),
  clientId: 'web',
  scope: 'AaaServer.profile.READ,ZohoCRM.users.READ',
  credentials,
})
const us = partyAt('')
const eu = partyAt('accounts-zoho-eu')
const offline = { access_type: 'offline', prompt: 'consent' }
const dance = async (emulator: ReturnType<typeof start>) =>
  (await redeemAt(emulator, eu, await codeFor(emulator, eu, offline))).body
const as = (token: string) => ({ authorization: `Zoho-oauthtoken ${token}` })

it('names the data centre of a person beside the code', async () => {
  const emulator = start()
  const server = async (person: string) => {
    const back = await answerConsent(emulator, authorizeAt(us), 'approve', person)
    return [back.searchParams.get('location'), back.searchParams.get('accounts-server')]
  }
  expect(await server('ada')).toEqual(['eu', 'http://accounts-zoho-eu.zoho.localhost:4180'])
  expect(await server('grace')).toEqual(['us', 'http://zoho.localhost:4180'])
})

it('knows a code at its own data centre only, and says so under status 200', async () => {
  const emulator = start()
  const code = await codeFor(emulator, us)
  expect(await redeemAt(emulator, us, code)).toEqual({
    status: 200,
    body: { error: 'invalid_code' },
  })
  const { body } = await redeemAt(emulator, eu, code)
  expect(body).toMatchObject({
    access_token: expect.stringMatching(/^1000\./),
    api_domain: 'http://www-zohoapis-eu.zoho.localhost:4180',
    token_type: 'Bearer',
    expires_in: 3600,
  })
  expect(body).not.toHaveProperty('scope')
})

it('knows tokens at their own data centre only', async () => {
  const emulator = start()
  const { access_token: token, refresh_token: refresh } = await dance(emulator)
  const status = async (label: string, path: string) =>
    (await get(emulator, at('zoho', label, path), as(token))).status
  expect(await status('accounts-zoho-eu', '/oauth/user/info')).toBe(200)
  expect(await status('', '/oauth/user/info')).toBe(401)
  expect(await status('www-zohoapis-eu', '/crm/v8/users')).toBe(200)
  expect(await status('www-zohoapis-com', '/crm/v8/users')).toBe(401)
  expect((await refreshAt(emulator, us, refresh)).body).toEqual({ error: 'invalid_code' })
  expect((await refreshAt(emulator, eu, refresh)).body).toHaveProperty('access_token')
  const revoke = (label: string, sent = refresh) =>
    post(emulator, at('zoho', label, '/oauth/v2/token/revoke'), { ...credentials, token: sent })
  expect((await revoke('')).status).toBe(400)
  expect((await revoke('accounts-zoho-eu', token)).status).toBe(400)
  expect(await (await revoke('accounts-zoho-eu')).json()).toEqual({ status: 'success' })
  expect(await status('www-zohoapis-eu', '/crm/v8/users')).toBe(401)
})

it('wants a scheme of its own, whatever its token type says', async () => {
  const emulator = start()
  const { access_token: token } = await dance(emulator)
  const address = at('zoho', 'accounts-zoho-eu', '/oauth/user/info')
  expect((await get(emulator, address, bearer(token))).status).toBe(401)
  expect(await (await get(emulator, address, as(token))).json()).toEqual({
    ZUID: 670_001_815,
    Display_Name: 'Ada Lovelace',
    Email: 'ada@example.com',
  })
})

it('gives a refresh token with a consent only, and where it was asked for', async () => {
  const emulator = start()
  const given = async (change: Record<string, string>) => {
    const { body } = await redeemAt(emulator, eu, await codeFor(emulator, eu, change))
    return 'refresh_token' in body
  }
  expect(await given({})).toBe(false)
  expect(await given({ access_type: 'offline' })).toBe(false)
  expect(await given(offline)).toBe(true)
})

it('has no CORS, and wants the secret', async () => {
  const emulator = start()
  const preflight = { 'access-control-request-method': 'GET', origin: 'https://app.example.com' }
  const response = await emulator.fetch(
    new Request(at('zoho', 'www-zohoapis-eu', '/crm/v8/users'), {
      method: 'OPTIONS',
      headers: preflight,
    }),
  )
  expect(response.headers.has('access-control-allow-origin')).toBe(false)
  const code = await codeFor(emulator, eu)
  expect((await redeemAt(emulator, eu, code, { client_secret: 'other' })).body).toEqual({
    error: 'invalid_client',
  })
})
