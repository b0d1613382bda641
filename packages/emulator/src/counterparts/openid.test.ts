import { describe, expect, it } from 'vitest'
import {
  answerConsent,
  at,
  bearer,
  callback,
  get,
  post,
  setUp,
  type SetUp,
} from '../testing-internal/dance.ts'
import {
  authorizeAt,
  danceAt,
  refreshAt,
  type Change,
  type Party,
} from '../testing-internal/party.ts'

const app = [{ clientId: 'spa', redirectUris: [callback] }]
const start = () => setUp({ auth0: app, okta: app, keycloak: app })

/** Which document each brand prints, and the issuer in it, below its host. */
const printed: readonly (readonly [id: string, issuer: string, namesItself: boolean])[] = [
  ['auth0', '/', false],
  ['okta', '/oauth2/default', false],
  ['okta', '', false],
  ['keycloak', '/realms/main', true],
  ['keycloak', '/auth/realms/other', true],
]

/** A client that knows nothing but the discovery document. */
async function discover(
  emulator: SetUp,
  id: string,
  issuer: string,
  // oxlint-disable-next-line typescript/no-explicit-any -- the document is what is tested
): Promise<{ document: any; party: Party }> {
  const path = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const document = await (await get(emulator, at(id, '', path))).json()
  const party = {
    authorizeUrl: document.authorization_endpoint,
    tokenUrl: document.token_endpoint,
    clientId: 'spa',
    scope: 'openid profile email offline_access',
    credentials: { client_id: 'spa' },
  }
  return { document, party }
}

describe.each(printed)('%s with the issuer "%s"', (id, issuer, namesItself) => {
  const dance = async (change: Change = {}) => {
    const emulator = start()
    const found = await discover(emulator, id, issuer)
    const { body } = await danceAt(emulator, found.party, change)
    return { emulator, ...found, body }
  }

  it('prints its issuer to the letter, and repeats it in the ID token', async () => {
    const { emulator, document, body } = await dance({ nonce: 'n' })
    expect(document.issuer).toBe(at(id, '', issuer))
    const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1], 'base64url').toString())
    expect(claims).toMatchObject({ iss: document.issuer, aud: 'spa', nonce: 'n' })
    const info = await get(emulator, document.userinfo_endpoint, bearer(body.access_token))
    expect(await info.json()).toMatchObject({ sub: claims.sub, email: 'ada@example.com' })
    expect((await (await get(emulator, document.jwks_uri)).json()).keys).toHaveLength(1)
  })

  it('names itself in its answers if it says so', async () => {
    const emulator = start()
    const { document, party } = await discover(emulator, id, issuer)
    expect(document.authorization_response_iss_parameter_supported).toBe(namesItself)
    for (const decision of ['approve', 'decline'] as const) {
      const back = await answerConsent(emulator, authorizeAt(party), decision)
      expect(back.searchParams.get('iss')).toBe(namesItself ? document.issuer : null)
    }
  })

  it('refreshes, and takes tokens back', async () => {
    const { emulator, document, party, body } = await dance()
    const second = await refreshAt(emulator, party, body.refresh_token)
    expect(second.status).toBe(200)
    const token = String(second.body.refresh_token)
    const revoked = await post(emulator, document.revocation_endpoint, { client_id: 'spa', token })
    expect(revoked.status).toBe(200)
    expect((await refreshAt(emulator, party, token)).status).toBe(400)
  })

  it('is readable for pages where an app needs that', async () => {
    const { emulator, document } = await dance()
    const origin = 'https://app.example.com'
    for (const url of [
      document.token_endpoint,
      document.revocation_endpoint,
      document.userinfo_endpoint,
    ]) {
      const { headers } = await emulator.fetch(
        new Request(url, { method: 'OPTIONS', headers: { origin } }),
      )
      expect(headers.get('access-control-allow-origin')).toBe('*')
    }
  })

  it('sends people back after a logout, but only to the app', async () => {
    const { emulator, document } = await dance()
    const leave = (back: string) =>
      get(
        emulator,
        `${document.end_session_endpoint}?post_logout_redirect_uri=${encodeURIComponent(back)}`,
      )
    expect((await leave(callback)).headers.get('location')).toBe(callback)
    expect((await leave('https://evil.example/')).status).toBe(400)
  })
})

describe('what is special', () => {
  const refreshed = async (id: string, issuer: string, change: Change = {}) => {
    const emulator = start()
    const { party } = await discover(emulator, id, issuer)
    const { body } = await danceAt(emulator, party, change)
    return { emulator, party, body }
  }

  it.each([
    ['auth0', '/'],
    ['okta', '/oauth2/default'],
  ])('gives at %s a refresh token for offline_access only, and rotates it', async (id, issuer) => {
    const without = await refreshed(id, issuer, { scope: 'openid' })
    expect(without.body).not.toHaveProperty('refresh_token')
    const { emulator, party, body } = await refreshed(id, issuer)
    expect((await refreshAt(emulator, party, body.refresh_token)).status).toBe(200)
    expect((await refreshAt(emulator, party, body.refresh_token)).status).toBe(400)
  })

  it('gives at Keycloak always one, which stays good until the session ends', async () => {
    const { emulator, party, body } = await refreshed('keycloak', '/realms/main', {
      scope: 'openid',
    })
    expect(body).toMatchObject({ expires_in: 300, refresh_expires_in: 1800 })
    expect((await refreshAt(emulator, party, body.refresh_token)).status).toBe(200)
    expect((await refreshAt(emulator, party, body.refresh_token)).status).toBe(200)
    emulator.wait(36_001)
    expect((await refreshAt(emulator, party, body.refresh_token)).status).toBe(400)
  })

  it('shows a picture at Auth0', async () => {
    const emulator = start()
    const { document, party } = await discover(emulator, 'auth0', '/')
    const { body } = await danceAt(emulator, party)
    const info = await get(emulator, document.userinfo_endpoint, bearer(body.access_token))
    const picture = await get(emulator, (await info.json()).picture)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })
})
