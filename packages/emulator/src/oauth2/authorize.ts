import { agreement, ask, leave } from '../consent/ask.ts'
import { problemPage } from '../consent/problem.ts'
import { findClient, type Call, type Handler } from '../counterpart.ts'
import type { Registration } from '../options.ts'
import { findRepeated } from '../serve/read.ts'
import { withParams } from '../serve/reply.ts'
import { keep, randomText, type Grant } from '../state.ts'
import type { OAuth2Rules } from './rules.ts'

/**
 * The authorization endpoint (RFC 6749 §4.1.1). An unknown client or redirect URI, or a repeated
 * parameter, gets a page and is never redirected; all else goes back to the app.
 */
export const authorize =
  (rules: OAuth2Rules): Handler =>
  (call) => {
    const query = call.url.searchParams
    const repeated = findRepeated(query)
    if (repeated !== undefined) return problemPage(call, `"${repeated}" was sent more than once.`)
    const client = findClient(call, query.get('client_id'))
    if (!client) return problemPage(call, 'No app with this client_id is registered here.')
    const redirectUri = findRedirectUri(rules, client, query.get('redirect_uri'))
    if (redirectUri === undefined) {
      return problemPage(call, 'The redirect_uri is not one that is registered for this app.')
    }

    const refused = rules.refusesRedirectUri?.(new URL(redirectUri))
    if (refused !== undefined) return problemPage(call, refused)

    const back = (params: Record<string, string | undefined>): string =>
      withParams(redirectUri, {
        ...params,
        state: query.get('state') ?? undefined,
        iss: rules.openid?.namesItself && rules.openid.issuer(call),
      }) + (rules.fragment ?? '')
    const scopes = readScopes(rules, query)
    const problem = findProblem(call, rules, client, scopes)
    const posts = rules.formPost === true && query.get('response_mode') === 'form_post'
    if (problem) return leave({ posts }, back(problem))

    const known = scopes.filter((scope) => scope in call.counterpart.scopes)
    return ask(call, {
      clientId: client.clientId,
      scopes: known,
      mayPassUnseen: rules.passesUnseen?.(query) ?? false,
      hint: rules.hint === undefined ? null : query.get(rules.hint),
      redirectUri,
      question: {
        posts,
        app: client.name ?? client.clientId,
        scopes: known.map((scope) => call.counterpart.scopes[scope] ?? scope),
        approve: (person) => {
          const grant = { clientId: client.clientId, person, scopes: known }
          const first = !call.state.agreements.has(agreement(client.clientId, person))
          const code = issueCode(call, rules, grant, first, redirectUri)
          return back({ code, ...rules.approved?.(grant, first, call) })
        },
        decline: () =>
          back({
            error: rules.declined?.error ?? 'access_denied',
            error_description: rules.declined?.description,
            error_uri: rules.declined?.uri,
          }),
      },
    })
  }

function findRedirectUri(
  rules: OAuth2Rules,
  { redirectUris }: Registration,
  sent: string | null,
): string | undefined {
  if (sent !== null) return redirectUris.find((uri) => uri === sent)
  return rules.mayOmit.includes('redirect_uri') ? redirectUris[0] : undefined
}

const readScopes = (
  { scopeSeparator, scopesOf }: OAuth2Rules,
  query: URLSearchParams,
): readonly string[] => [
  ...new Set(
    scopesOf?.(query) ??
      (query.get('scope') ?? '').split(scopeSeparator.request).filter((name) => name !== ''),
  ),
]

function findProblem(
  { url: { searchParams: query }, counterpart }: Call,
  rules: OAuth2Rules,
  client: Registration,
  scopes: readonly string[],
): Record<string, string> | undefined {
  const responseType = query.get('response_type')
  if (
    responseType !== 'code' &&
    (responseType !== null || !rules.mayOmit.includes('response_type'))
  ) {
    return responseType === null
      ? { error: 'invalid_request', error_description: 'response_type is missing.' }
      : { error: 'unsupported_response_type', error_description: 'Only code is supported.' }
  }
  const challenge = query.get('code_challenge')
  const demanded =
    rules.pkce === 'required' ||
    (rules.pkce === 'required-of-public-clients' && client.clientSecret === undefined)
  const wrong =
    challenge === null ? demanded : !isS256(rules, challenge, query.get('code_challenge_method'))
  if (wrong && rules.pkce !== 'ignored') {
    return { error: 'invalid_request', error_description: 'PKCE with S256 is needed.' }
  }
  if (scopes.length === 0 && !rules.mayOmit.includes('scope')) {
    return { error: 'invalid_scope', error_description: 'scope is missing.' }
  }
  if (rules.unknownScopes === 'refused' && scopes.some((scope) => !(scope in counterpart.scopes))) {
    return { error: 'invalid_scope', error_description: 'A scope is unknown.' }
  }
  return undefined
}

/** RFC 7636 §4.2: SHA-256 in base64url is 43 characters long. */
const isS256 = (rules: OAuth2Rules, challenge: string, method: string | null): boolean =>
  method === 'S256' &&
  (rules.challenge ? /^[A-Za-z0-9_-]{43,128}$/ : /^[A-Za-z0-9_-]{43}$/).test(challenge)

function issueCode(
  { state, now, url }: Call,
  { codeLifetime, refresh }: OAuth2Rules,
  grant: Grant,
  first: boolean,
  redirectUri: string,
): string {
  const code = randomText()
  const query = url.searchParams
  keep(state.codes, code, {
    grant,
    redirectUri,
    challenge: query.get('code_challenge') ?? undefined,
    nonce: query.get('nonce') ?? undefined,
    offline: refresh?.given?.(query, first) ?? true,
    expiresAt: now + codeLifetime * 1000,
  })
  return code
}
