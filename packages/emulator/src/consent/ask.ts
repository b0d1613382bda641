import { nextAnswer } from '../control/script.ts'
import type { Call } from '../counterpart.ts'
import { findPerson, people, type Person } from '../people.ts'
import { formPost, redirect } from '../serve/reply.ts'
import { keep, randomText, type Question } from '../state.ts'
import { consentPage } from './page.ts'

/** The provider's own sign-in, such as it is: whom this browser last signed in as. */
const cookieName = 'emulator_person'

/** A request for someone's consent. */
export interface Asked {
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Whether someone who has agreed to as much before is sent on without a page. */
  readonly mayPassUnseen: boolean
  /** The account that the app would like, by its handle or address. */
  readonly hint?: string | null
  readonly redirectUri: string
  readonly question: Question
}

/** Shows the consent page, or goes on without one: by script, or because of an earlier agreement. */
export async function ask(
  call: Call,
  { clientId, scopes, mayPassUnseen, hint, redirectUri, question }: Asked,
): Promise<Response> {
  const { state } = call
  const remembered: Question = {
    ...question,
    approve: (person) => {
      const url = question.approve(person)
      keep(state.agreements, agreement(clientId, person), scopes)
      return url
    },
  }

  const scripted = nextAnswer(call)
  if (scripted?.decision === 'decline') return leave(remembered, remembered.decline())
  const named = findPerson(scripted?.person)
  if (named) return sendOn(remembered, named)

  const before = signedIn(call)
  if (mayPassUnseen && before) {
    const agreed = state.agreements.get(agreement(clientId, before))
    if (agreed && scopes.every((scope) => agreed.includes(scope))) {
      return leave(remembered, remembered.approve(before))
    }
  }
  const id = randomText()
  keep(state.questions, id, { question: remembered, back: cameFrom(call, redirectUri) })
  return consentPage(call, id, remembered, hinted(call, hint) ?? before)
}

/** Back to the app, in the way that was asked for. */
export const leave = (
  { posts }: Pick<Question, 'posts'>,
  url: string,
  headers: Record<string, string> = {},
): Response => (posts ? formPost(url, headers) : redirect(url, headers))

/** Back to the app; this browser is that person from now on. */
export function sendOn(question: Question, person: Person): Response {
  return leave(question, question.approve(person), {
    'Set-Cookie': `${cookieName}=${person.key}; Path=/; HttpOnly; SameSite=Lax`,
  })
}

/** Back to the app; this browser is nobody's from now on. */
export const signOut = (url: string): Response =>
  redirect(url, { 'Set-Cookie': `${cookieName}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax` })

/** The page's origin if the browser tells, else the redirect URI's. */
function cameFrom({ request, url }: Call, redirectUri: string): string | undefined {
  return [request.headers.get('referer') ?? '', redirectUri]
    .flatMap((place) => (URL.canParse(place) ? [new URL(place).origin] : []))
    .find((origin) => /^https?:/.test(origin) && origin !== url.origin)
}

function hinted({ counterpart }: Call, hint: string | null | undefined): Person | undefined {
  const wanted = hint?.replace(/^@/, '').toLowerCase()
  return people.find((person) =>
    [counterpart.account(person).replace(/^@/, ''), person.email].some(
      (name) => name !== null && name === wanted,
    ),
  )
}

/** The key of what a person has agreed to before. */
export const agreement = (clientId: string, person: Person): string => `${clientId} ${person.key}`

function signedIn({ request }: Call): Person | undefined {
  const cookie = request.headers.get('cookie') ?? ''
  return findPerson(new RegExp(`(?:^|; )${cookieName}=(\\w+)`).exec(cookie)?.[1])
}
