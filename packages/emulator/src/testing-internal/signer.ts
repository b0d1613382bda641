import { createHmac, createSign, randomBytes, type KeyObject } from 'node:crypto'
import type { Emulator } from '../index.ts'

/** What signs a request: the tests' own signer, made apart from the verifier under test. */
export interface Signing {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly address: string
  readonly now: number
  readonly token?: string
  readonly tokenSecret?: string
  /** Further or other `oauth_` parameters. */
  readonly oauth?: Record<string, string>
  readonly form?: Record<string, string>
  readonly json?: unknown
  readonly key?: string
  readonly secret?: string
  /** Signs by RSA-SHA1 in place of HMAC-SHA1. */
  readonly privateKey?: KeyObject
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** The Authorization header of a request. */
export function sign(signing: Signing): string {
  const { method = 'GET', address, now, token, tokenSecret = '', key = 'tw', secret } = signing
  const url = new URL(address)
  const oauth: Record<string, string> = {
    oauth_consumer_key: key,
    oauth_nonce: randomBytes(16).toString('hex'),
    oauth_signature_method: signing.privateKey ? 'RSA-SHA1' : 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(now / 1000)),
    ...(token !== undefined && { oauth_token: token }),
    ...signing.oauth,
  }
  const pairs = [...url.searchParams, ...Object.entries({ ...oauth, ...signing.form })]
  const normalized = pairs
    .map((pair) => pair.map(encode).join('='))
    .toSorted()
    .join('&')
  const base = [method, url.origin + url.pathname, normalized].map(encode).join('&')
  const signature = signing.privateKey
    ? createSign('RSA-SHA1').update(base).sign(signing.privateKey, 'base64')
    : createHmac('sha1', `${encode(secret ?? 'tw-secret')}&${encode(tokenSecret)}`)
        .update(base)
        .digest('base64')
  return `OAuth ${Object.entries({ ...oauth, oauth_signature: signature })
    .map(([name, value]) => `${encode(name)}="${encode(value)}"`)
    .join(', ')}`
}

/** Sends a signed request. */
export function send(
  { fetch }: Emulator,
  signing: Signing,
  authorization: string = sign(signing),
): Promise<Response> {
  const { method = 'GET', address, form, json } = signing
  const headers: Record<string, string> = { authorization }
  if (json !== undefined) headers['content-type'] = 'application/json'
  const body = form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
  return fetch(new Request(address, { method, headers, body }))
}
