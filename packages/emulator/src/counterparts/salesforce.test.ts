import { describe, expect, it } from 'vitest'
import { createEmulator } from '../create-emulator.ts'
import {
  answerConsent,
  at,
  bearer,
  callback,
  get,
  post,
  setUp,
  url,
} from '../testing-internal/dance.ts'
import { authorizeAt, danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const registrations = {
  salesforce: [
    { clientId: 'web', clientSecret: 'shh', redirectUris: [callback] },
    { clientId: 'page', redirectUris: [callback] },
  ],
}
const start = () => setUp(registrations)
const oauth = (path: string) => at('salesforce', '', `/services/oauth2/${path}`)
const org = (path: string) => at('salesforce', 'dance-my-salesforce-com', path)
const partyOf = (clientId: string, secret?: string): Party => ({
  authorizeUrl: oauth('authorize'),
  tokenUrl: oauth('token'),
  clientId,
  scope: 'id api refresh_token',
  credentials: { client_id: clientId, ...(secret !== undefined && { client_secret: secret }) },
})
const web = partyOf('web', 'shh')
const page = partyOf('page')
const meUrl = org('/services/data/v62.0/chatter/users/me')

it('says where the org is, and not how long a token lives', async () => {
  const { status, body } = await danceAt(start(), web)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    instance_url: 'http://dance-my-salesforce-com.salesforce.localhost:4180',
    id: expect.stringMatching(/^https:\/\/login\.salesforce\.com\/id\/00D\w+\/005\w+1815\w+$/),
    refresh_token: expect.any(String),
  })
  expect(body).not.toHaveProperty('expires_in')
})

it('ends a token without a word: 401 of the API, and 403 where a person is asked for', async () => {
  const emulator = start()
  const { body } = await danceAt(emulator, web)
  const me = () => get(emulator, meUrl, bearer(body.access_token))
  const info = (address: string) => get(emulator, address, bearer(body.access_token))
  expect(await (await me()).json()).toMatchObject({ displayName: 'Ada Lovelace' })
  for (const address of [oauth('userinfo'), org('/services/oauth2/userinfo')]) {
    expect(await (await info(address)).json()).toMatchObject({ email: 'ada@example.com' })
  }
  emulator.wait(7200)
  expect((await me()).status).toBe(401)
  const refused = await info(oauth('userinfo'))
  expect([refused.status, await refused.text()]).toEqual([403, 'Bad_OAuth_Token'])
  const { body: renewed } = await refreshAt(emulator, web, body.refresh_token)
  expect(renewed).toMatchObject({ instance_url: expect.stringContaining('dance-my') })
  expect(renewed).not.toHaveProperty('refresh_token')
  expect((await get(emulator, meUrl, bearer(renewed.access_token))).status).toBe(200)
})

it('has no API at the host where people of all orgs sign in', async () => {
  const emulator = start()
  const { body } = await danceAt(emulator, web)
  const elsewhere = at('salesforce', '', '/services/data/v62.0/chatter/users/me')
  expect((await get(emulator, elsewhere, bearer(body.access_token))).status).toBe(404)
})

it('takes the org back with the refresh token', async () => {
  const emulator = start()
  const { body } = await danceAt(emulator, web)
  const form = { ...web.credentials, token: body.refresh_token }
  expect((await post(emulator, oauth('revoke'), form)).status).toBe(200)
  expect((await get(emulator, meUrl, bearer(body.access_token))).status).toBe(401)
  expect(await refreshAt(emulator, web, body.refresh_token)).toEqual({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
  })
})

it('wants PKCE of an app without a secret, and tells a decline as the standard does', async () => {
  const emulator = start()
  const bare = authorizeAt(page, { code_challenge: undefined, code_challenge_method: undefined })
  const refused = new URL((await get(emulator, bare)).headers.get('location') ?? '')
  expect(refused.searchParams.get('error')).toBe('invalid_request')
  const back = await answerConsent(emulator, authorizeAt(web), 'decline')
  expect(Object.fromEntries(back.searchParams)).toMatchObject({
    error: 'access_denied',
    error_description: 'end-user denied authorization',
  })
})

describe('CORS', () => {
  const open = (response: Response) => response.headers.get('access-control-allow-origin')

  it('is for an app of the org’s own, not for one with a secret', async () => {
    const emulator = start()
    const ask = (party: Party) =>
      post(emulator, party.tokenUrl, { ...party.credentials, code: 'x' })
    expect(open(await ask(page))).toBe('*')
    expect(open(await ask(web))).toBeNull()
  })

  it('is never there at login.salesforce.com, and for the API at a My Domain', async () => {
    const { fetch } = createEmulator({ url, registrations })
    const ask = async (host: string) =>
      open(
        await fetch(
          new Request(`https://${host}/services/oauth2/token`, {
            method: 'POST',
            body: new URLSearchParams({ client_id: 'page', code: 'x' }),
          }),
        ),
      )
    expect(await ask('login.salesforce.com')).toBeNull()
    expect(await ask('dance.my.salesforce.com')).toBe('*')
    expect(open(await get(start(), meUrl))).toBe('*')
  })
})
