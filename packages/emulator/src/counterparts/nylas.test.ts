import { describe, expect, it } from 'vitest'
import { at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import {
  authorizeAt,
  codeFor,
  danceAt,
  redeemAt,
  refreshAt,
  type Party,
} from '../testing-internal/party.ts'

const start = () =>
  setUp({
    nylas: [
      { clientId: 'spa', redirectUris: [callback] },
      { clientId: 'web', clientSecret: 'api-key', redirectUris: [callback] },
    ],
  })

const path = (below: string): string => at('nylas', '', `/v3/${below}`)
const web: Party = {
  authorizeUrl: path('connect/auth'),
  tokenUrl: path('connect/token'),
  clientId: 'web',
  scope: 'openid email',
  credentials: { client_id: 'web', client_secret: 'api-key' },
}
const spa: Party = { ...web, clientId: 'spa', credentials: { client_id: 'spa' } }
/** Of the tests' verifier, as Nylas wants it; computed by OpenSSL. */
const own = {
  code_challenge:
    'ODgyN2YwY2YxMWQ3ODhjNzAzMWVhZGQ4NGM2ODNmY2U5ZmJkYWJkODU2ZjM5MDcxNjIxZDc3NmZjN2MwYTU5NA',
}
const offline = { ...own, access_type: 'offline' }

describe('the dance with Nylas', () => {
  it('goes from the consent page to the grant, without a secret', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa, own)
    expect(body).toMatchObject({
      expires_in: 3600,
      token_type: 'Bearer',
      email: 'ada@example.com',
      provider: 'google',
    })
    expect(body).not.toHaveProperty('refresh_token')
    const me = await get(emulator, path('grants/me'), bearer(body.access_token))
    expect(await me.json()).toMatchObject({
      data: { id: body.grant_id, email: 'ada@example.com', name: 'Ada Lovelace' },
    })
    expect((await get(emulator, path('grants/me'))).status).toBe(401)
  })

  it('takes JSON too, and lets the scopes be left out', async () => {
    const emulator = start()
    const code = await codeFor(emulator, web, { ...own, scope: undefined })
    const members = { grant_type: 'authorization_code', code, redirect_uri: callback }
    const response = await emulator.fetch(
      new Request(web.tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...web.credentials,
          ...members,
          code_verifier: 'correct-horse-battery-staple-correct-horse-battery',
        }),
      }),
    )
    expect(response.status).toBe(200)
  })
})

describe('strictness', () => {
  it('refuses the challenge that RFC 7636 has', async () => {
    const emulator = start()
    const answer = await danceAt(emulator, spa)
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('refuses an app in a page without a challenge', async () => {
    const emulator = start()
    const address = authorizeAt(spa, { code_challenge: undefined })
    const { headers } = await get(emulator, address)
    expect(headers.get('location')).toContain('error=invalid_request')
  })

  it('refreshes with the API key alone, and keeps the refresh token', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web, offline)
    const again = await refreshAt(emulator, web, body.refresh_token)
    expect(again.status).toBe(200)
    expect(again.body).not.toHaveProperty('refresh_token')
    expect((await refreshAt(emulator, web, body.refresh_token)).status).toBe(200)

    const page = await redeemAt(emulator, spa, await codeFor(emulator, spa, offline))
    const refused = await refreshAt(emulator, spa, page.body.refresh_token)
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  it('takes a token back in the URL from who can prove themselves', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web, offline)
    const revoke = path(`connect/revoke?token=${body.access_token}`)
    expect((await post(emulator, revoke, '')).status).toBe(401)
    expect((await post(emulator, revoke, '', bearer('not-the-key'))).status).toBe(401)
    expect((await post(emulator, path('connect/revoke'), '', bearer('api-key'))).status).toBe(400)
    expect((await post(emulator, revoke, '', bearer(body.access_token))).status).toBe(200)
    expect((await get(emulator, path('grants/me'), bearer(body.access_token))).status).toBe(401)
    expect((await refreshAt(emulator, web, body.refresh_token)).status).toBe(400)
  })
})
