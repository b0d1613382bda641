import OAuth from 'oauth-1.0a'
import type { Pair } from './params.ts'

/** A request as it is signed. */
export interface SignedParts {
  readonly method: string
  /** The very URL that is sent. */
  readonly url: URL
  /** Decoded pairs of the query and, where it is a form, of the body. */
  readonly pairs: readonly Pair[]
  /** The protocol's parameters, without the signature. */
  readonly oauth: Readonly<Record<string, string>>
}

// Only its base string and header are used: never a URL to parse, a key, or its random numbers.
const library = new OAuth({
  consumer: { key: '', secret: '' },
  signature_method: 'adapter',
  hash_function: () => '',
})

/**
 * The signature base string (RFC 5849 §3.4.1), made by oauth-1.0a from what is parsed already.
 *
 * @throws TypeError for a parameter name that the library would lose
 */
export function baseString({ method, url, pairs, oauth }: SignedParts): string {
  const data: Record<string, string[]> = Object.create(null)
  for (const [name, value] of pairs) {
    if (name === '__proto__') throw new TypeError("[dance-exchange] A parameter can't be signed.")
    data[name] = [...(data[name] ?? []), value]
  }
  // The library writes into what it is given: `oauth` has to be a copy.
  const protocol: unknown = { ...oauth }
  return library.getBaseString(
    { method, url: url.origin + url.pathname, data },
    protocol as OAuth.Data,
  )
}

/** The `Authorization` header (RFC 5849 §3.5.1). */
export function authorizationHeader(oauth: Readonly<Record<string, string>>): string {
  const authorization: unknown = oauth
  return library.toHeader(authorization as OAuth.Authorization).Authorization
}
