import type { LearntOrigin } from '../learnt.ts'
import type { OAuth2Provider, Provider } from '../types.ts'
import { isGuarded } from './guarded.ts'
import { readOrigin } from './learnt.ts'
import { isSafeUrl } from './safe-url.ts'

/**
 * Everything that is wrong with a declaration, each with its fix.
 *
 * @returns an empty list for a declaration that can work
 */
export function checkProvider(provider: Provider): string[] {
  const problems: string[] = []
  const url = (where: string, value: string | undefined): void => {
    if (value !== undefined && !isSafeUrl(value)) {
      problems.push(
        `${where} is ${JSON.stringify(value)}: give an https URL (http only on loopback)`,
      )
    }
  }
  const prefix = (where: string, value: string): void => {
    url(where, value)
    if (URL.canParse(value) && (new URL(value).search !== '' || value.includes('#'))) {
      problems.push(`${where} must have neither query nor fragment`)
    }
  }
  const params = (where: string, names: Iterable<string>): void => {
    for (const name of names) {
      if (isGuarded(name)) problems.push(`${where} may not carry "${name}": the protocol sets it`)
    }
  }

  if (!/^[a-z0-9][a-z0-9-]*$/.test(provider.id)) {
    problems.push(
      `id is ${JSON.stringify(provider.id)}: use lower-case letters, digits and hyphens`,
    )
  }
  if (provider.api) {
    prefix('api.baseUrl', provider.api.baseUrl)
    if (!provider.api.baseUrl.endsWith('/')) problems.push('api.baseUrl must end in "/"')
    provider.api.alsoAllowed?.forEach((value, n) => prefix(`api.alsoAllowed[${n}]`, value))
  }
  params('authorization.params', Object.keys(provider.authorization?.params ?? {}))
  params('authorization.accepts', provider.authorization?.accepts ?? [])

  if (provider.protocol === 'oauth1') {
    if (!/^(HMAC|RSA)-SHA(1|256)$/.test(provider.signature)) {
      problems.push(
        `signature is ${JSON.stringify(provider.signature)}: give HMAC-SHA1, HMAC-SHA256, RSA-SHA1 or RSA-SHA256`,
      )
    }
    url('requestToken.url', provider.requestToken.url)
    params('requestToken.params', Object.keys(provider.requestToken.params ?? {}))
    url('authorization.url', provider.authorization.url)
    url('accessToken.url', provider.accessToken.url)
    url('revocation.url', provider.revocation?.url)
    return problems
  }

  params('token.params', Object.keys(provider.token?.params ?? {}))
  params('token.refreshParams', Object.keys(provider.token?.refreshParams ?? {}))
  if (provider.route === 'direct' && provider.token?.clientAuth === 'private_key_jwt') {
    problems.push(
      "token.clientAuth 'private_key_jwt' can't go with route 'direct': a page has no secret key",
    )
  }
  if (provider.protocol === 'oidc') {
    url('issuer', provider.issuer)
    return problems
  }
  url('authorization.url', provider.authorization.url)
  url('token.url', provider.token.url)
  url('revocation.url', provider.revocation?.url.replace('{client_id}', 'id'))
  if (provider.revocation?.bearer && provider.revocation.takes !== 'access_token') {
    problems.push("revocation.bearer needs takes: 'access_token': nothing else is a bearer token")
  }
  if (provider.openid) {
    url('openid.issuer', provider.openid.issuer)
    url('openid.jwksUrl', provider.openid.jwksUrl)
    url('openid.endSessionUrl', provider.openid.endSessionUrl)
  }
  const { clientAuth, signedFor } = provider.token
  const issuer = provider.openid?.issuer ?? provider.authorization.iss
  if (clientAuth === 'private_key_jwt' && signedFor === undefined && issuer === undefined) {
    problems.push(
      "token.clientAuth 'private_key_jwt' needs token.signedFor: the issuer it is signed for",
    )
  }
  problems.push(...learntProblems(provider))
  if (provider.api.scheme !== undefined && !/^[\w!#$%&'*+.^`|~-]+$/.test(provider.api.scheme)) {
    problems.push('api.scheme must be one word, such as "Bearer"')
  }
  if (provider.route === 'direct' && provider.pkce === false) {
    problems.push(
      "pkce: false can't go with route 'direct': without a secret PKCE is the only guard",
    )
  }
  if (provider.route === 'direct' && provider.authorization.formPost) {
    problems.push("authorization.formPost can't go with route 'direct': a page can't read a POST")
  }
  return problems
}

function learntProblems({ route, learnt = {}, token, api }: OAuth2Provider): string[] {
  const { tokenOrigin, apiOrigin } = learnt
  const problems = [
    ...listProblems('learnt.tokenOrigin', tokenOrigin, token.url),
    ...listProblems('learnt.apiOrigin', apiOrigin, api.baseUrl),
  ]
  return route === 'direct' && tokenOrigin
    ? [...problems, "learnt.tokenOrigin can't go with route 'direct': only an exchange reads it"]
    : problems
}

/** What is listed decides where tokens go: no part of it may be anybody's. */
function listProblems(where: string, origin: LearntOrigin | undefined, declared: string): string[] {
  if (!origin) return []
  const problems = origin.within.flatMap((listed, n) => {
    const plain = listed.replace('://*.', '://')
    const below = plain !== listed
    const isOrigin = isSafeUrl(plain) && new URL(plain).origin === plain && !plain.includes('*')
    // All below `com` would be anybody; below an address nothing is.
    if (isOrigin && (!below || /\.[a-z]/.test(new URL(plain).hostname))) return []
    return [
      `${where}.within[${n}] is ${JSON.stringify(listed)}: give an origin such as ` +
        '"https://api.example.com", or "https://*.example.com" for all below a domain of the provider',
    ]
  })
  if (problems.length > 0 || !URL.canParse(declared)) return problems
  // What counts until another is named: a parameter of a preset may be wrong there.
  const { origin: own } = new URL(declared)
  return 'origin' in readOrigin(origin, own)
    ? []
    : [`${where}.within lacks ${own}, which is declared: name one of those listed, or list it`]
}
