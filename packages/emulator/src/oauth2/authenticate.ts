import { findClient, type Call } from '../counterpart.ts'
import type { Registration } from '../options.ts'
import { readBasic } from '../serve/read.ts'
import type { OAuth2Rules } from './rules.ts'

/**
 * Who sends a token or revocation request (RFC 6749 §2.3).
 *
 * A client with a secret must send it, a client without one must not, and nobody may use two ways
 * at once.
 */
export function authenticateClient(
  call: Call,
  allowed: OAuth2Rules['clientAuth'],
): Registration | undefined {
  const header = call.request.headers.get('authorization')
  const basic = header === null ? undefined : readBasic(call.request)
  const bodySecret = call.form?.get('client_secret') ?? undefined
  const bodyId = call.form?.get('client_id') ?? undefined

  if (header !== null && (!basic || !allowed.includes('basic'))) return undefined
  if (bodySecret !== undefined && (basic || !allowed.includes('body'))) return undefined
  if (basic && bodyId !== undefined && bodyId !== basic.id) return undefined

  const client = findClient(call, basic?.id ?? bodyId ?? null)
  const secret = basic?.secret ?? bodySecret
  return client && (client.clientSecret ?? '') === (secret ?? '') ? client : undefined
}
