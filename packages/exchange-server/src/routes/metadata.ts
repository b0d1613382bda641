import type { Call, Exchange } from '../exchange.ts'
import { json, type Reply } from '../reply.ts'

/** Authorization server metadata (RFC 8414) of one client: any OAuth 2.1 client can use it. */
export function metadata(_exchange: Exchange, { client }: Call): Promise<Reply> {
  const { issuer, allowedScopes } = client
  const document = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    revocation_endpoint: `${issuer}/revoke`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    scopes_supported: [...allowedScopes].filter((scope) => scope !== 'openid'),
    authorization_response_iss_parameter_supported: true,
    dpop_signing_alg_values_supported: ['ES256'],
  }
  return Promise.resolve(json(200, document, { 'Access-Control-Allow-Origin': '*' }))
}
