/**
 * Why a PEM can't be used to sign by RSA, if it can't. Says nothing of the key itself.
 */
export function privateKeyProblem(pem: string): string | undefined {
  const der = readPem(pem)
  if (!der) {
    return 'is no PEM of a private key: give the text from "-----BEGIN PRIVATE KEY-----" on, unencrypted'
  }
  // A PKCS #1 or #8 key of n bits is a little longer than n / 2 bytes.
  if (der.byteLength < 1024) return 'is shorter than 2048 bits: make a new pair'
  return undefined
}

/**
 * Imports the key for RSASSA-PKCS1-v1_5 (RFC 5849 §3.4.3).
 *
 * @throws DOMException where it is no RSA key
 */
export async function importPrivateKey(pem: string, hash: 'SHA-1' | 'SHA-256'): Promise<CryptoKey> {
  const der = readPem(pem)
  if (!der) throw new TypeError('[dance-exchange] The private key is no PEM.')
  return crypto.subtle.importKey('pkcs8', der, { name: 'RSASSA-PKCS1-v1_5', hash }, false, ['sign'])
}

/** The DER of a PKCS #8 key; a PKCS #1 key is wrapped into one. */
function readPem(pem: string): Uint8Array<ArrayBuffer> | undefined {
  // Environment files often hold the line breaks as `\n`.
  const text = pem.replaceAll('\\n', '\n').trim()
  const [, label, body] =
    /^-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END \1?PRIVATE KEY-----$/.exec(
      text,
    ) ?? []
  if (body === undefined) return undefined
  try {
    const der = Uint8Array.from(atob(body.replace(/\s+/g, '')), (char) => char.charCodeAt(0))
    return label === undefined ? der : wrapPkcs1(der)
  } catch {
    return undefined
  }
}

/** RFC 5958 §2: version 0, rsaEncryption, and the PKCS #1 key as an OCTET STRING. */
function wrapPkcs1(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  const rsaEncryption = [
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
  ]
  return sequence(0x30, [0x02, 0x01, 0x00, ...rsaEncryption, ...sequence(0x04, pkcs1)])
}

function sequence(tag: number, content: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const { length } = content
  // DER long form with two bytes: no RSA key is shorter than 256 or longer than 65535 bytes.
  return Uint8Array.from([tag, 0x82, length >> 8, length & 0xff, ...Array.from(content)])
}
