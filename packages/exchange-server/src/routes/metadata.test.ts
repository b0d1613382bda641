import { expect, it } from 'vitest'
import { rig } from '../testing-internal/harness.ts'

it.each(['https://auth.example.com', 'https://example.com/auth/dance'])(
  'lies at both places below %s (RFC 8414 §3.1)',
  async (baseUrl) => {
    const r = await rig({ baseUrl })
    const { origin, pathname } = new URL(baseUrl)
    const path = pathname === '/' ? '' : pathname
    const wellKnown = '/.well-known/oauth-authorization-server'
    const answers = await Promise.all(
      [`${origin}${wellKnown}${path}/github`, `${baseUrl}/github${wellKnown}`].map((url) =>
        r.app.request(url, { headers: { origin: 'https://anyone.example' } }),
      ),
    )
    for (const answer of answers) {
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(await answer.json()).toEqual({
        issuer: `${baseUrl}/github`,
        authorization_endpoint: `${baseUrl}/github/authorize`,
        token_endpoint: `${baseUrl}/github/token`,
        revocation_endpoint: `${baseUrl}/github/revoke`,
        response_types_supported: ['code'],
        response_modes_supported: ['query'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        revocation_endpoint_auth_methods_supported: ['none'],
        scopes_supported: ['read:user', 'user:email'],
        authorization_response_iss_parameter_supported: true,
        dpop_signing_alg_values_supported: ['ES256'],
      })
    }
  },
)

it('X-39: names no host of the request', async () => {
  const r = await rig()
  const answer = await r.app.request(
    'http://evil.example:99/.well-known/oauth-authorization-server/github',
    { headers: { host: 'evil.example:99', 'x-forwarded-host': 'evil.example' } },
  )
  expect(await answer.text()).not.toContain('evil')
})

it('is alive, and ready where it can seal', async () => {
  const r = await rig()
  for (const path of ['/healthz', '/readyz']) {
    const answer = await r.app.request(path)
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }])
  }
})
