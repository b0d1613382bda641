import type { Profile } from '@spa-dance/providers'
import type { Flow, StoredSession } from './types.ts'

type Fields = Readonly<Record<string, unknown>>

const isText = (value: unknown): value is string => typeof value === 'string'
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const optional = (value: unknown, is: (value: unknown) => boolean): boolean =>
  value === undefined || is(value)

/** A profile, and nothing but texts. */
function isProfile(value: unknown): value is Profile {
  return (
    isFields(value) &&
    isText(value['id']) &&
    ['name', 'email', 'picture'].every((name) => optional(value[name], isText))
  )
}

function isTokens(value: unknown): boolean {
  return (
    isFields(value) &&
    isText(value['accessToken']) &&
    value['accessToken'] !== '' &&
    (value['tokenType'] === 'Bearer' || value['tokenType'] === 'DPoP') &&
    optional(value['refreshToken'], isText) &&
    isTexts(value['scopes']) &&
    isTime(value['issuedAt']) &&
    optional(value['expiresAt'], isTime)
  )
}

function isKeyPair(value: unknown): boolean {
  return (
    isFields(value) &&
    value['privateKey'] instanceof CryptoKey &&
    value['publicKey'] instanceof CryptoKey
  )
}

/** Whether what a storage gave back is a session that can be used. */
export function isStoredSession(value: unknown): value is StoredSession {
  return (
    isFields(value) &&
    value['v'] === 1 &&
    ['key', 'revision', 'client', 'context', 'account'].every((name) => isText(value[name])) &&
    isTokens(value['tokens']) &&
    optional(value['apiOrigin'], isText) &&
    optional(value['asked'], isTexts) &&
    optional(value['idToken'], isText) &&
    optional(
      value['subject'],
      (subject) => isFields(subject) && isText(subject['iss']) && isText(subject['sub']),
    ) &&
    optional(value['profile'], isProfile) &&
    optional(value['keys'], isKeyPair)
  )
}

/** Whether what a storage gave back is a login under way that can be ended. */
export function isFlow(value: unknown): value is Flow {
  return (
    isFields(value) &&
    value['v'] === 1 &&
    ['state', 'client', 'context', 'redirectUri', 'verifier', 'returnTo'].every((name) =>
      isText(value[name]),
    ) &&
    optional(value['nonce'], isText) &&
    isTexts(value['scopes']) &&
    isTime(value['created']) &&
    optional(value['keys'], isKeyPair)
  )
}
