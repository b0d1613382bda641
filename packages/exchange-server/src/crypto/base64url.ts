/**
 * Whether it is base64url in its one spelling: no padding, no foreign characters, and no bits
 * after the last byte. Decoders take more, and what opens under two spellings is not used once.
 */
export function isCanonical(text: string): boolean {
  return /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/.test(text)
}

/** The three parts of what `AesGcm.encrypt` gives, if they are there and canonical. */
export function readSealed(
  sealed: string,
): readonly [iv: string, ciphertext: string, tag: string] | undefined {
  const [iv = '', ciphertext = '', tag = '', ...more] = sealed.split('.')
  const whole = more.length === 0 && iv.length === 16 && tag.length === 22
  return whole && [iv, ciphertext, tag].every(isCanonical) ? [iv, ciphertext, tag] : undefined
}
