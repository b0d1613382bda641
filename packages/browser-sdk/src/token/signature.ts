import { fromBase64Url } from '../crypto/text.ts'
import { DanceError } from '../errors.ts'
import { fetchText } from './fetch-text.ts'

type Algorithm = RsaHashedImportParams & EcKeyImportParams & EcdsaParams & RsaPssParams

const hashes = { '256': 'SHA-256', '384': 'SHA-384', '512': 'SHA-512' } as const
const curves = { '256': 'P-256', '384': 'P-384', '512': 'P-521' } as const
const names: Readonly<Record<string, string>> = {
  RS: 'RSASSA-PKCS1-v1_5',
  PS: 'RSA-PSS',
  ES: 'ECDSA',
}

/**
 * Checks the signature of a JWT with the keys that its issuer publishes (RFC 7515 §5.2, RFC 7517).
 * They are asked for each time, so that a new key is known at once, and any of them will do: `kid` is
 * only a hint.
 *
 * @param jwksUrl from the issuer's metadata
 * @throws DanceError `id-token-invalid`, or as `fetchText`
 */
export async function checkSignature(
  token: string,
  jwksUrl: string,
  client: string,
): Promise<void> {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const { alg } = read(new TextDecoder().decode(fromBase64Url(header)))
  const algorithm = algorithmOf(String(alg))
  const { text } = await fetchText(jwksUrl, {}, { client })
  const { keys } = read(text)
  const signed = new TextEncoder().encode(`${header}.${claims}`)
  for (const key of Array.isArray(keys) && algorithm ? keys : []) {
    const { kty, crv, n, e, x, y, ...about } = Object(key) as JsonWebKey
    if (about.use === 'enc' || current(about.alg ?? alg) !== current(alg)) continue
    const jwk = Object.fromEntries(
      Object.entries({ kty, crv, n, e, x, y }).filter(([, value]) => value !== undefined),
    )
    const isGood = await crypto.subtle
      .importKey('jwk', jwk, algorithm as Algorithm, false, ['verify'])
      .then((imported) =>
        crypto.subtle.verify(algorithm as Algorithm, imported, fromBase64Url(signature), signed),
      )
      // A key of another kind.
      .catch(() => false)
    if (isGood) return
  }
  throw new DanceError(
    'id-token-invalid',
    'The ID token is refused: its signature is of none of the issuer’s keys. Sign in again.',
    { client },
  )
}

/** RFC 9864 §2.2: the older name is of a family. */
const current = (alg: unknown): unknown => (alg === 'EdDSA' ? 'Ed25519' : alg)

/** RFC 7518 §3.1, RFC 8037 §3.1. What is symmetric, or unknown, has none. */
function algorithmOf(alg: string): Partial<Algorithm> | undefined {
  if (current(alg) === 'Ed25519') return { name: 'Ed25519' }
  const [, family = '', bits = ''] = /^(RS|PS|ES)(256|384|512)$/.exec(alg) ?? []
  const name = names[family]
  const hash = hashes[bits as keyof typeof hashes]
  if (name === undefined) return undefined
  return { name, hash, namedCurve: curves[bits as keyof typeof curves], saltLength: +bits / 8 }
}

function read(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...Object(JSON.parse(text)) }
  } catch {
    return {}
  }
}
