import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  answerConsent,
  at,
  bearer,
  callback,
  destination,
  get,
  setUp,
} from '../testing-internal/dance.ts'
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
    azure: [
      { clientId: 'page', redirectUris: [callback] },
      { clientId: 'server', clientSecret: 'secret', redirectUris: [callback] },
    ],
  })

const tenantId = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'
const meUrl = at('azure', 'graph-microsoft-com', '/v1.0/me')

const spa = (tenant = 'common'): Party => ({
  authorizeUrl: at('azure', '', `/${tenant}/oauth2/v2.0/authorize`),
  tokenUrl: at('azure', '', `/${tenant}/oauth2/v2.0/token`),
  clientId: 'page',
  scope: 'openid profile email User.Read offline_access',
  credentials: { client_id: 'page' },
  headers: { origin: 'https://app.example.com' },
})
const web: Party = {
  ...spa(),
  clientId: 'server',
  credentials: { client_id: 'server', client_secret: 'secret' },
  headers: {},
}

describe('the dance with Entra ID', () => {
  it.each(['common', 'organizations', 'consumers', tenantId, 'contoso.onmicrosoft.com'])(
    'goes from the consent page to Graph by the tenant %s',
    async (tenant) => {
      const emulator = start()
      const { body } = await danceAt(emulator, spa(tenant))
      expect(body).toMatchObject({
        scope: 'openid profile email User.Read',
        refresh_token: expect.stringMatching(/^.{20}/),
        token_type: 'Bearer',
      })
      const me = await get(emulator, meUrl, bearer(body.access_token))
      expect(await me.json()).toMatchObject({
        displayName: 'Ada Lovelace',
        mail: 'ada@example.com',
        userPrincipalName: 'ada-lovelace@contoso.onmicrosoft.com',
      })
    },
  )

  it('signs an ID token whose issuer has the id of the tenant, whatever was asked', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa('common'), { nonce: 'a nonce' })
    const keys = await (await get(emulator, at('azure', '', '/common/discovery/v2.0/keys'))).json()
    const [header, payload, signature] = String(body.id_token).split('.')
    const key = createPublicKey({ key: keys.keys[0], format: 'jwk' })
    const signed = Buffer.from(`${header}.${payload}`)
    expect(verify('sha256', signed, key, Buffer.from(signature ?? '', 'base64url'))).toBe(true)
    expect(JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())).toMatchObject({
      iss: at('azure', '', `/${tenantId}/v2.0`),
      aud: 'page',
      nonce: 'a nonce',
      tid: tenantId,
      name: 'Ada Lovelace',
    })
  })

  it('publishes a pattern as the issuer of a shared tenant', async () => {
    const path = '/v2.0/.well-known/openid-configuration'
    const issuer = async (tenant: string): Promise<string> =>
      (await (await get(start(), at('azure', '', `/${tenant}${path}`))).json()).issuer
    expect(await issuer('common')).toBe(at('azure', '', '/{tenantid}/v2.0'))
    expect(await issuer(tenantId)).toBe(at('azure', '', `/${tenantId}/v2.0`))
  })

  it('has a picture apart, and people without one', async () => {
    const emulator = start()
    const status = async (person: string): Promise<number> => {
      const { body } = await danceAt(emulator, spa(), { prompt: 'login' }, person)
      return (await get(emulator, `${meUrl}/photo/$value`, bearer(body.access_token))).status
    }
    expect(await status('ada')).toBe(200)
    expect(await status('lin')).toBe(404)
  })

  it('says access_denied after a decline', async () => {
    const back = await answerConsent(start(), authorizeAt(spa()), 'decline')
    expect(back.searchParams.get('error')).toBe('access_denied')
  })

  it('signs out, back to a registered address only', async () => {
    const emulator = start()
    const logout = (uri: string): Promise<Response> => {
      const query = new URLSearchParams({ post_logout_redirect_uri: uri })
      return get(emulator, `${at('azure', '', '/common/oauth2/v2.0/logout')}?${query}`)
    }
    const back = await logout(callback)
    expect(destination(back).href).toBe(callback)
    expect(back.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await logout('https://evil.example/')).headers.has('location')).toBe(false)
  })
})

describe('strictness', () => {
  it.each([
    ["a page's code without an Origin header", spa(), {}, 9_002_327],
    ["a server's code with one", web, spa().headers, 9_002_326],
  ])('refuses %s', async (_what, party, headers, code) => {
    const reply = await danceAt(start(), { ...party, headers: headers ?? {} })
    expect(reply).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_codes: [code] },
    })
  })

  it('takes a server with its secret, and not without', async () => {
    const emulator = start()
    expect((await danceAt(emulator, web)).status).toBe(200)
    const bare = { ...web, credentials: { client_id: 'server' } }
    expect(await danceAt(emulator, bare)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_codes: [7_000_218] },
    })
  })

  it('gives no more at the token endpoint than was consented to', async () => {
    const emulator = start()
    const scope = 'User.Read offline_access'
    const code = await codeFor(emulator, spa(), { scope })
    expect(await redeemAt(emulator, spa(), code, { scope: 'User.Read Mail.Read' })).toMatchObject({
      body: { error: 'invalid_grant', error_codes: [65_001] },
    })
    const { body } = await redeemAt(emulator, spa(), code, { scope })
    expect(await refreshAt(emulator, spa(), body.refresh_token, { scope })).toMatchObject({
      status: 200,
    })
  })

  it('knows no other tenant', async () => {
    const party = spa('fabrikam.onmicrosoft.com')
    expect((await get(start(), authorizeAt(party))).status).toBe(400)
    expect(await redeemAt(start(), party, 'x')).toMatchObject({
      body: { error_codes: [90_002] },
    })
  })
})

describe('refresh', () => {
  it('wants offline_access', async () => {
    const { body } = await danceAt(start(), spa(), { scope: 'User.Read' })
    expect(body.refresh_token).toBeUndefined()
    expect(body.id_token).toBeUndefined()
  })

  it("gives a new token, and leaves the old one; a page's all end 24 hours after the sign-in", async () => {
    const emulator = start()
    const first = await danceAt(emulator, spa())
    emulator.wait(86_000)
    const second = await refreshAt(emulator, spa(), first.body.refresh_token)
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token)
    expect((await refreshAt(emulator, spa(), first.body.refresh_token)).status).toBe(200)
    emulator.wait(400)
    expect(await refreshAt(emulator, spa(), second.body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_codes: [700_084] },
    })
  })

  it("lets a server's refresh token live on", async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web)
    emulator.wait(86_400)
    expect((await refreshAt(emulator, web, body.refresh_token)).status).toBe(200)
  })
})
