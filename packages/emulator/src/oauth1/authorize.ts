import { ask } from '../consent/ask.ts'
import { problemPage } from '../consent/problem.ts'
import { findClient, type Handler } from '../counterpart.ts'
import { findRepeated } from '../serve/read.ts'
import { withParams } from '../serve/reply.ts'
import { randomText } from '../state.ts'

/** In what the page of one provider differs from the next one's. Each may go by the page's own query. */
export interface AuthorizeRules {
  /** Whether someone who has agreed before is sent on without a page. @default never */
  readonly mayPassUnseen?: (query: URLSearchParams) => boolean
  /** The parameter that names the account to offer first. */
  readonly hint?: string
  /** What a decline adds to the callback. @default denied, with the request token */
  readonly declined?: (token: string) => Record<string, string>
  /** What is asked for; undefined refuses it. @default all that there is */
  readonly scopes?: (query: URLSearchParams) => readonly string[] | undefined
  /** What the app calls itself. @default the name of its registration */
  readonly appName?: (query: URLSearchParams) => string | null
  /** How long the access token is to live, in seconds. @default for ever */
  readonly lifetime?: (query: URLSearchParams) => number | undefined
}

/** The page a person is sent to with a request token (RFC 5849 §2.2). */
export const authorize =
  (rules: AuthorizeRules = {}): Handler =>
  (call) => {
    const { state, url, counterpart, now } = call
    const query = url.searchParams
    const value = query.get('oauth_token') ?? ''
    const asked = state.requestTokens.get(value)
    const client = findClient(call, asked?.clientId ?? null)
    const isOpen = asked && !asked.agreed && asked.expiresAt > now
    if (!asked || !client || !isOpen || findRepeated(query) !== undefined) {
      return problemPage(call, 'The request token for this page is invalid, used, or too old.', {
        hint: 'Go back to the app and sign in again.',
        status: 403,
      })
    }
    const scopes = rules.scopes ? rules.scopes(query) : Object.keys(counterpart.scopes)
    if (!scopes || scopes.some((scope) => !(scope in counterpart.scopes))) {
      return problemPage(call, 'What the app asks for does not exist here.', {
        hint: 'This is for the makers of the app to mend.',
        status: 400,
      })
    }
    const { declined = (token) => ({ denied: token }) } = rules
    const lifetime = rules.lifetime?.(query)
    return ask(call, {
      clientId: client.clientId,
      scopes,
      mayPassUnseen: rules.mayPassUnseen?.(query) ?? false,
      hint: query.get(rules.hint ?? ''),
      redirectUri: asked.callback,
      question: {
        app: rules.appName?.(query) ?? client.name ?? client.clientId,
        scopes: scopes.map((scope) => counterpart.scopes[scope] ?? scope),
        approve: (person) => {
          const verifier = randomText()
          const grant = { clientId: client.clientId, person, scopes }
          state.requestTokens.set(value, {
            ...asked,
            agreed: { verifier, grant, ...(lifetime !== undefined && { lifetime }) },
          })
          return withParams(asked.callback, { oauth_token: value, oauth_verifier: verifier })
        },
        decline: () => {
          state.requestTokens.delete(value)
          return withParams(asked.callback, declined(value))
        },
      },
    })
  }
