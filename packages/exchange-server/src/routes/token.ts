import type { AppConfig } from '../config/types.ts'
import { OAuthError, invalidRequest } from '../errors.ts'
import type { Call, Exchange } from '../exchange.ts'
import { redeemCode } from '../grants/authorization-code.ts'
import { refresh } from '../grants/refresh.ts'
import { readForm } from '../guards/body.ts'
import { requireOriginOf } from '../guards/origin.ts'
import type { ParamMap } from '../guards/params.ts'
import type { Reply } from '../reply.ts'

const bodyLimit = 65_536

/** `POST /<name>/token` (RFC 6749 §3.2). */
export async function token(exchange: Exchange, call: Call): Promise<Reply> {
  const params = await readForm(call.request, bodyLimit)
  const app = appOf(exchange, call, params)
  switch (params.get('grant_type')) {
    case 'authorization_code':
      return redeemCode(exchange, call, app, params)
    case 'refresh_token':
      return refresh(exchange, call, app, params)
    case undefined:
      throw invalidRequest('grant_type is missing.')
    default:
      throw new OAuthError(
        400,
        'unsupported_grant_type',
        'grant_type can be authorization_code or refresh_token.',
      )
  }
}

/**
 * The app that a form names by `client_id`, after its Origin and its right to use the client were
 * checked. Apps are public clients: there is nothing to authenticate with.
 *
 * @throws OAuthError
 */
export function appOf(
  { config }: Exchange,
  { request, client }: Call,
  params: ParamMap,
): AppConfig {
  const clientId = params.get('client_id')
  if (clientId === undefined)
    throw invalidRequest('client_id is missing: it is the name of the app.')
  const app = config.apps.get(clientId)
  if (!app)
    throw new OAuthError(401, 'invalid_client', 'No app of this exchange has this client_id.')
  requireOriginOf(app, config, request)
  if (app.clients && !app.clients.has(client.name)) {
    throw new OAuthError(400, 'unauthorized_client', `This app may not use ${client.name}.`)
  }
  return app
}
