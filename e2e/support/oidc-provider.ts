import type { Server } from 'node:http'
import { Provider } from 'oidc-provider'

/** What a test may ask of the provider, beside signing in. */
export interface OpenIdProvider {
  readonly issuer: string
  /** Every request that reached an endpoint: `token:authorization_code`, `revocation`, … */
  readonly seen: readonly string[]
  /** The access token that it issued last; empty before the first. */
  lastAccessToken(): string
  /** Ends that token, before its time and without telling anyone. */
  endAccessToken(): Promise<void>
}

/** The registrations with the provider, by client id. */
export const registrations = {
  page: 'page-with-dpop',
  bearer: 'page-with-bearer',
  exchange: 'confidential',
  // Every character that Basic authentication has to form-encode.
  exchangeSecret: 's:e%c+r e/t-0123456789abcdef',
} as const

/**
 * A certified OpenID Provider that nobody here wrote: PKCE demanded of public clients, tokens bound
 * to a key by DPoP, refresh tokens that rotate, and a grant that dies when an old one is used.
 */
export function createOpenIdProvider(
  http: Server,
  issuer: string,
  redirects: { page: readonly string[]; origin: string; exchange: string },
): OpenIdProvider {
  const code = {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code' as const],
  }
  const seen: string[] = []
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: registrations.page,
        token_endpoint_auth_method: 'none',
        dpop_bound_access_tokens: true,
        redirect_uris: [...redirects.page],
        post_logout_redirect_uris: [...redirects.page],
        ...code,
      },
      {
        client_id: registrations.bearer,
        token_endpoint_auth_method: 'none',
        redirect_uris: [...redirects.page],
        post_logout_redirect_uris: [...redirects.page],
        ...code,
      },
      {
        client_id: registrations.exchange,
        client_secret: registrations.exchangeSecret,
        redirect_uris: [redirects.exchange],
        ...code,
      },
    ],
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    features: {
      devInteractions: { enabled: true },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    clientBasedCORS: (_ctx, origin) => origin === redirects.origin,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    cookies: { keys: ['a key of this test'] },
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      Grant: 3600,
      IdToken: 300,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
    findAccount: async (_ctx, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, name: `${id} of the test`, email: `${id}@example.com` }),
    }),
  })
  provider.on('grant.success', (ctx) =>
    seen.push(`token:${String(ctx.oidc.params?.['grant_type'])}`),
  )
  provider.on('grant.error', (_ctx, error) => seen.push(`token-error:${error.error}`))
  provider.on('grant.revoked', () => seen.push('grant-revoked'))
  let accessToken = ''
  provider.use(async (ctx, next) => {
    await next()
    if (ctx.oidc?.route === 'revocation') seen.push(`revocation:${ctx.status}`)
    if (ctx.oidc?.route === 'token' && ctx.status === 200) {
      accessToken = (ctx.body as { access_token: string }).access_token
    }
  })
  http.on('request', provider.callback())
  return {
    issuer,
    seen,
    lastAccessToken: () => accessToken,
    endAccessToken: async () => (await provider.AccessToken.find(accessToken))?.destroy(),
  }
}
