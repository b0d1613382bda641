// What only tokens need that are bound to a key: the exchange's, and those of a provider that has DPoP.
export { createKeyPair, thumbprint } from '../dpop/key.ts'
export { sendWithProof } from '../dpop/send.ts'
