export { apiUrl, type ApiUrl } from './api-url.ts'
export {
  authorizationParams,
  authorizationUrl,
  type AuthorizationRequest,
  type LoginParams,
} from './authorization.ts'
export { checkProvider } from './check.ts'
export { resolveDiscovery, discoveryUrl } from './discovery.ts'
export { hiddenError } from './hidden-error.ts'
export { readOrigin, type ReadOrigin } from './learnt.ts'
export { isPlain } from './plain.ts'
export { readProfile } from './profile.ts'
export { revocationRequest } from './revocation.ts'
export { isSafeUrl } from './safe-url.ts'
export {
  tokenRequest,
  type Grant,
  type OutgoingRequest,
  type Registration,
} from './token-request.ts'
export { readTokenReply, type TokenReply, type TokenReplyResult } from './token-reply.ts'
export { withLearnt, type Learnt } from './with-learnt.ts'
