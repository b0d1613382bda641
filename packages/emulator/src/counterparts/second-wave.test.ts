import { describe, expect, it } from 'vitest'
import { answerConsent, at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import {
  authorizeAt,
  danceAt,
  refreshAt,
  type Change,
  type Party,
} from '../testing-internal/party.ts'

const app = [{ clientId: 'web', clientSecret: 'shh', redirectUris: [callback] }]
const start = () => setUp({ atlassian: app, linkedin: app, orcid: app })

const party = (id: string, authorize: string, token: string, scope: string): Party => ({
  authorizeUrl: at(id, '', authorize),
  tokenUrl: at(id, '', token),
  clientId: 'web',
  scope,
  credentials: { client_id: 'web', client_secret: 'shh' },
})
const claimsOf = (idToken: string) =>
  JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())
const preflight = (url: string): Request =>
  new Request(url, { method: 'OPTIONS', headers: { origin: 'https://app.example.com' } })

describe('Atlassian', () => {
  const audience = { audience: 'api.atlassian.com' }
  const cloud = party('atlassian', '/authorize', '/oauth/token', 'read:me offline_access')
  const api = (path: string): string => at('atlassian', 'api-atlassian-com', path)

  it('goes from the consent page to a site of the person', async () => {
    const emulator = start()
    const jira = { ...cloud, scope: 'read:me read:jira-user' }
    const { body } = await danceAt(emulator, jira, audience)
    expect(body).not.toHaveProperty('refresh_token')
    const read = async (path: string) =>
      (await get(emulator, api(path), bearer(body.access_token))).json()
    const me = await read('/me')
    expect(me).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.com' })
    expect((await get(emulator, me.picture)).headers.get('content-type')).toBe('image/svg+xml')
    const [site] = await read('/oauth/token/accessible-resources')
    expect(await read(`/ex/jira/${site.id}/rest/api/3/myself`)).toMatchObject({
      accountId: me.account_id,
    })
    expect(await read('/ex/jira/other/rest/api/3/myself')).toMatchObject({ code: 404 })
  })

  it('wants to be told the audience', async () => {
    expect((await get(start(), authorizeAt(cloud))).status).toBe(400)
  })

  it('rotates refresh tokens, and calls a dead one an unauthorized client', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, cloud, audience)
    expect((await refreshAt(emulator, cloud, body.refresh_token)).status).toBe(200)
    expect(await refreshAt(emulator, cloud, body.refresh_token)).toMatchObject({
      status: 403,
      body: { error: 'unauthorized_client' },
    })
  })

  it('answers pages at its API alone', async () => {
    const emulator = start()
    const allowed = async (url: string) =>
      (await emulator.fetch(preflight(url))).headers.get('access-control-allow-origin')
    expect(await allowed(api('/me'))).toBe('*')
    expect(await allowed(cloud.tokenUrl)).toBeNull()
  })
})

describe('LinkedIn', () => {
  const linkedin = party(
    'linkedin',
    '/oauth/v2/authorization',
    '/oauth/v2/accessToken',
    'openid profile email',
  )
  const plain: Change = { code_challenge: undefined, code_challenge_method: undefined }
  const userInfo = at('linkedin', 'api-linkedin-com', '/v2/userinfo')

  it('gives a token of 60 days, no refresh token, and an ID token without the nonce', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, linkedin, { ...plain, nonce: 'n' })
    expect(body).toMatchObject({ expires_in: 5_184_000, scope: 'openid,profile,email' })
    expect(body).not.toHaveProperty('refresh_token')
    expect(claimsOf(body.id_token)).not.toHaveProperty('nonce')
    const me = await (await get(emulator, userInfo, bearer(body.access_token))).json()
    expect(me).toMatchObject({ sub: '782bbtaQ1815', name: 'Ada Lovelace' })
    expect((await get(emulator, me.picture)).status).toBe(200)
  })

  it('has a word of its own for a decline', async () => {
    const back = await answerConsent(start(), authorizeAt(linkedin, plain), 'decline')
    expect(back.searchParams.get('error')).toBe('user_cancelled_authorize')
  })

  it('answers no page', async () => {
    const emulator = start()
    for (const url of [linkedin.tokenUrl, userInfo]) {
      const { headers } = await emulator.fetch(preflight(url))
      expect(headers.has('access-control-allow-origin')).toBe(false)
    }
  })
})

describe('ORCID', () => {
  const orcid = party('orcid', '/oauth/authorize', '/oauth/token', 'openid')

  it('says in the token reply whose it is, and shows the record as asked for', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, orcid)
    expect(body).toMatchObject({ orcid: '0000-0002-1815-0097', expires_in: 631_138_518 })
    const info = await get(emulator, at('orcid', '', '/oauth/userinfo'), bearer(body.access_token))
    expect(await info.json()).toMatchObject({ sub: body.orcid, given_name: 'Ada' })
    const record = at('orcid', 'pub-orcid-org', `/v3.0/${body.orcid}/record`)
    const headers = bearer(body.access_token)
    const type = async (accept: string) =>
      (await get(emulator, record, { ...headers, accept })).headers.get('content-type')
    expect(await type('application/json')).toContain('json')
    expect(await type('*/*')).toContain('xml')
    const other = at('orcid', 'pub-orcid-org', '/v3.0/0000-0000-0000-0000/record')
    expect((await get(emulator, other, headers)).status).toBe(404)
  })

  it('keeps the refresh token, until the pair is given back', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, orcid)
    expect((await refreshAt(emulator, orcid, body.refresh_token)).status).toBe(200)
    const form = { ...orcid.credentials, token: String(body.refresh_token) }
    expect((await post(emulator, at('orcid', '', '/oauth/revoke'), form)).status).toBe(200)
    expect((await refreshAt(emulator, orcid, body.refresh_token)).status).toBe(400)
  })
})
