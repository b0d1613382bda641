/** Some platforms compute at once, others later. */
export type Awaitable<T> = T | Promise<T>

/**
 * The primitives under everything that the exchange seals, signs and checks. Texts are taken as
 * UTF-8; binary values go in and out as canonical base64url without padding.
 */
export interface ExchangeCrypto {
  /** SHA-256. */
  sha256(text: string): Awaitable<string>
  /** HMAC (RFC 2104) under a key that is a text, too. */
  hmac(hash: 'SHA-1' | 'SHA-256', key: string, text: string): Awaitable<string>
  /** AES-256-GCM under a key of 32 bytes. */
  aesGcm(key: Uint8Array<ArrayBuffer>): AesGcm
  /** ECDSA with P-256 and SHA-256 (RFC 7518 §3.4). False for whatever can't be a key or a signature. */
  verifyEs256(key: P256Key, text: string, signature: string): Awaitable<boolean>
}

/** Authenticated encryption with a random IV of 96 bits and a tag of 128 (RFC 7518 §5.3). */
export interface AesGcm {
  /** @returns `<iv>.<ciphertext>.<tag>`, as a compact JWE ends (RFC 7516 §7.1) */
  encrypt(text: string, aad: string): Awaitable<string>
  /** Undefined for whatever this key did not encrypt with this `aad`, or is spelled in another way. */
  decrypt(sealed: string, aad: string): Awaitable<string | undefined>
}

/** A public key on P-256 by its coordinates (RFC 7518 §6.2.1). */
export interface P256Key {
  readonly x: string
  readonly y: string
}
