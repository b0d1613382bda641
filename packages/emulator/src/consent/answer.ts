import { onGet, onPost, type Call, type Handler, type Route } from '../counterpart.ts'
import { findPerson } from '../people.ts'
import { leave, sendOn } from './ask.ts'
import { consentPath } from './path.ts'
import { problemPage } from './problem.ts'

/** A second click on the same button, in milliseconds, gets the first one's answer. */
const doubleClick = 3000

/** Takes the answer to a consent page. Each page is good for one. */
const decide: Handler = (call) => {
  const { form, state, now } = call
  if (isForeign(call)) {
    return problemPage(call, 'This answer came from another site.', { status: 403 })
  }
  const id = form?.get('request') ?? ''
  const person = findPerson(form?.get('person'))
  const approved = form?.get('decision') === 'approve'
  if (approved && !person) return problemPage(call, 'Nobody was picked to sign in as.')

  const asking = state.questions.get(id)
  if (!asking) return spent(call)
  const { question, back, answered } = asking
  if (answered) {
    return now - answered.at < doubleClick ? answered.reply.clone() : alreadyAnswered(call, back)
  }
  const reply = approved && person ? sendOn(question, person) : leave(question, question.decline())
  state.questions.set(id, { ...asking, answered: { reply: reply.clone(), at: now } })
  return reply
}

const alreadyAnswered = (call: Call, back?: string): Response | Promise<Response> =>
  problemPage(call, 'This page has been answered already.', {
    hint: 'Nothing is lost: go back to the app, and sign in again if it asks you to.',
    status: 409,
    ...(back !== undefined && { back }),
  })

const spent: Handler = (call) => alreadyAnswered(call)

/** A browser says where a form was sent from; it must be the page's own origin. */
function isForeign({ request, url }: Call): boolean {
  const origin = request.headers.get('origin')
  return origin !== null && origin !== url.origin
}

/** The routes of the consent page on one host of a counterpart. */
export const consentRoutes = (host: string): readonly Route[] => [
  onPost(consentPath, 'consent', decide, { host }),
  onGet(consentPath, 'consent', spent, { host }),
]
