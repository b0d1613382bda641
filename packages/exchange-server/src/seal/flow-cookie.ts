import type { ClientConfig, ExchangeConfig } from '../config/types.ts'
import type { ExchangeCrypto } from '../crypto/types.ts'
import { now } from './seal.ts'

/** How long a login may take, in seconds. */
export const flowLifetime = 600
const maxFlows = 4
const maxTotal = 7168
const maxOne = 4096

/** What a browser is told of a flow's cookie. */
export interface CookieForm {
  /** Whether the exchange is reached by https. */
  readonly secure: boolean
  /** Whether the provider's answer is a POST from its own site, which `Lax` would come without. */
  readonly posted: boolean
}

/** The cookie of one flow, named by a hash of what the provider will send back. */
export async function flowCookieName(
  { sha256 }: Pick<ExchangeCrypto, 'sha256'>,
  key: string,
  secure: boolean,
): Promise<string> {
  return `${prefix(secure)}${(await sha256(key)).slice(0, 22)}`
}

/** The sealed flow under a name, from a `Cookie` header. */
export function readFlowCookie(header: string | null, name: string): string | undefined {
  const value = cookiesOf(header).find((cookie) => cookie.name === name)?.value
  return value === undefined ? undefined : sealedIn(value)
}

/** All sealed flows, the newest first. The time is the browser's word, and decides about nothing else. */
export function flowCookies(
  header: string | null,
  secure: boolean,
): readonly { readonly name: string; readonly value: string; readonly sealed: string }[] {
  return (
    cookiesOf(header)
      .filter(({ name }) => name.startsWith(prefix(secure)))
      // Of one second the later: browsers list what is older first (RFC 6265 §5.4).
      .toReversed()
      .toSorted((a, b) => (Number.parseInt(b.value, 10) || 0) - (Number.parseInt(a.value, 10) || 0))
      .map(({ name, value }) => ({ name, value, sealed: sealedIn(value) }))
  )
}

const sealedIn = (value: string): string => value.slice(value.indexOf('~') + 1)

/**
 * The `Set-Cookie` lines that add a flow: at most 4 flows and 7 kB together, so that the browser's
 * requests stay small; the oldest are dropped.
 *
 * @returns undefined where the flow alone is larger than a browser would keep
 */
export function addFlowCookie(
  header: string | null,
  name: string,
  sealed: string,
  form: CookieForm,
): readonly string[] | undefined {
  const value = `${now()}~${sealed}`
  if (name.length + value.length > maxOne) return undefined
  const others = flowCookies(header, form.secure).filter((cookie) => cookie.name !== name)
  let total = name.length + value.length
  const dropped = others.filter((cookie, at) => {
    total += cookie.name.length + cookie.value.length
    return at >= maxFlows - 1 || total > maxTotal
  })
  return [
    `${name}=${value}; Max-Age=${flowLifetime}; ${attributes(form)}`,
    ...dropped.map((cookie) => dropFlowCookie(cookie.name, form)),
  ]
}

/** The `Set-Cookie` line that ends a flow. */
export function dropFlowCookie(name: string, form: CookieForm): string {
  return `${name}=; Max-Age=0; ${attributes(form)}`
}

// RFC 6265bis §4.1.3.2: `__Host-` keeps other hosts of the site from setting it; it needs https.
const prefix = (secure: boolean): string => `${secure ? '__Host-' : ''}dance-flow-`

function attributes({ secure, posted }: CookieForm): string {
  const base = 'Path=/; HttpOnly'
  // `None` needs `Secure`. Without the attribute browsers let such a POST have it, Chromium for 2 minutes.
  if (posted) return secure ? `${base}; SameSite=None; Secure` : base
  return `${base}; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** The form of a client's flow cookies. */
export const cookieForm = (
  { secure }: Pick<ExchangeConfig, 'secure'>,
  { provider }: ClientConfig,
): CookieForm => ({
  secure,
  posted: provider.protocol !== 'oauth1' && provider.authorization?.formPost === true,
})

interface Cookie {
  readonly name: string
  readonly value: string
}

function cookiesOf(header: string | null): Cookie[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at < 1 ? [] : [{ name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() }]
  })
}
