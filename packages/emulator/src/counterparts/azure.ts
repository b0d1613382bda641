import { problemPage } from '../consent/problem.ts'
import {
  findClient,
  onGet,
  onPost,
  type Cors,
  type Counterpart,
  type Handler,
} from '../counterpart.ts'
import { authorize } from '../oauth2/authorize.ts'
import { jwks } from '../oauth2/id-token.ts'
import { logout } from '../oauth2/logout.ts'
import { token } from '../oauth2/token.ts'
import { json } from '../serve/reply.ts'
import { graph, graphHost, upnOf } from './azure-graph.ts'
import { refusal, spa, tenantId, web } from './azure-rules.ts'

const shared = ['common', 'organizations', 'consumers']
const tenants = [...shared, tenantId, 'contoso.onmicrosoft.com']

/** Only for a tenant that there is. */
const inTenant =
  (handle: Handler, otherwise: Handler): Handler =>
  (call) =>
    tenants.includes(call.params['tenant'] ?? '') ? handle(call) : otherwise(call)

const noTenant = (): Response =>
  refusal(
    'invalid_request',
    90_002,
    'Tenant not found. Check to make sure you have the correct tenant ID.',
  )

/**
 * How an app is registered decides: a page's code wants an Origin header, a server's wants none.
 * And nothing is given beyond what was consented to.
 */
const redeem: Handler = (call) => {
  const { form, request, state } = call
  const client = findClient(call, form?.get('client_id') ?? null)
  if (!client || !form) return token(web)(call)
  const isSpa = client.clientSecret === undefined
  if (isSpa !== request.headers.has('origin')) {
    return isSpa
      ? refusal(
          'invalid_request',
          9_002_327,
          "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
        )
      : refusal(
          'invalid_request',
          9_002_326,
          "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
        )
  }
  const held =
    state.codes.get(form.get('code') ?? '') ?? state.tokens.get(form.get('refresh_token') ?? '')
  const scopes = form.get('scope')?.split(' ') ?? []
  if (held && scopes.some((scope) => !held.grant.scopes.includes(scope))) {
    return refusal('invalid_grant', 65_001, 'The user or administrator has not consented.')
  }
  return token(isSpa ? spa : web)(call)
}

const discovery: Handler = ({ origin, params }) => {
  const tenant = params['tenant'] ?? ''
  const base = `${origin()}/${tenant}`
  return json({
    // Of a shared tenant it is a pattern, which no ID token's `iss` equals.
    issuer: `${origin()}/${shared.includes(tenant) ? '{tenantid}' : tenantId}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    userinfo_endpoint: `${origin(graphHost)}/oidc/userinfo`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  })
}

const cors: Cors = { headers: ['Authorization', 'Content-Type'] }
const noTenantPage: Handler = (call) =>
  problemPage(call, `AADSTS90002: Tenant '${call.params['tenant'] ?? ''}' not found.`)

/**
 * Microsoft Entra ID with one tenant. An app without a secret has its redirect URIs under
 * "Single-page application", one with a secret under "Web". Facts: Microsoft's identity platform
 * docs, checked 2026-11-23.
 */
export const azure: Counterpart = {
  id: 'azure',
  name: 'Microsoft',
  hosts: ['login.microsoftonline.com', graphHost],
  look: {
    colour: '#0067b8',
    button: '#0067b8',
    mark: 'M0 0h11.377v11.372H0zm12.623 0H24v11.372H12.623zM0 12.623h11.377V24H0zm12.623 0H24V24H12.623z',
    approve: 'Accept',
    decline: 'Cancel',
  },
  scopes: {
    openid: 'Sign you in',
    profile: 'View your basic profile',
    email: 'View your e-mail address',
    offline_access: 'Maintain access to data you have given it access to',
    'User.Read': 'Sign you in and read your profile',
    'Mail.Read': 'Read your mail',
    'Calendars.Read': 'Read your calendars',
  },
  publicClients: true,
  tokensExpire: true,
  account: upnOf,
  routes: [
    onGet('/:tenant/oauth2/v2.0/authorize', 'authorize', inTenant(authorize(web), noTenantPage)),
    onPost('/:tenant/oauth2/v2.0/token', 'token', inTenant(redeem, noTenant), { cors }),
    onGet('/:tenant/oauth2/v2.0/logout', 'other', logout),
    onGet('/:tenant/discovery/v2.0/keys', 'other', inTenant(jwks, noTenant), { cors }),
    onGet(
      '/:tenant/v2.0/.well-known/openid-configuration',
      'other',
      inTenant(discovery, noTenant),
      {
        cors,
      },
    ),
    ...graph,
  ],
}
