import type { SignatureMethod } from '@spa-dance/providers'

/** Whether requests are signed by a key of the app, and not by a secret that both sides know. */
export const signsByKey = (method: SignatureMethod): boolean => method.startsWith('RSA-')

/** The hash of a method, as WebCrypto calls it. */
export const hashOf = (method: SignatureMethod): 'SHA-1' | 'SHA-256' =>
  method.endsWith('-SHA256') ? 'SHA-256' : 'SHA-1'
