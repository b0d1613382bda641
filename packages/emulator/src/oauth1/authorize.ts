import { ask } from '../consent/ask.ts'
import { problemPage } from '../consent/problem.ts'
import { findClient, type Handler } from '../counterpart.ts'
import { findRepeated } from '../serve/read.ts'
import { withParams } from '../serve/reply.ts'
import { randomText } from '../state.ts'

/**
 * The page a person is sent to with a request token (RFC 5849 §2.2).
 *
 * @param mayPassUnseen whether someone who has agreed before is sent on without a page
 * @param hint the parameter that names the account to offer first
 * @param declined what a decline adds to the callback
 */
export const authorize =
  (
    mayPassUnseen: (query: URLSearchParams) => boolean,
    hint: string,
    declined = (token: string): Record<string, string> => ({ denied: token }),
  ): Handler =>
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
    const scopes = Object.keys(counterpart.scopes)
    return ask(call, {
      clientId: client.clientId,
      scopes,
      mayPassUnseen: mayPassUnseen(query),
      hint: query.get(hint),
      redirectUri: asked.callback,
      question: {
        app: client.name ?? client.clientId,
        scopes: Object.values(counterpart.scopes),
        approve: (person) => {
          const verifier = randomText()
          const grant = { clientId: client.clientId, person, scopes }
          state.requestTokens.set(value, { ...asked, agreed: { verifier, grant } })
          return withParams(asked.callback, { oauth_token: value, oauth_verifier: verifier })
        },
        decline: () => {
          state.requestTokens.delete(value)
          return withParams(asked.callback, declined(value))
        },
      },
    })
  }
