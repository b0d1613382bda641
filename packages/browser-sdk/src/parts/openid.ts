// What only OpenID Providers need: discovery, and their ID tokens.
export { identifyByIdToken } from '../callback/identify-by-id-token.ts'
export { discover } from '../server/discover.ts'
export { checkIdToken, directOf } from '../token/id-token.ts'
