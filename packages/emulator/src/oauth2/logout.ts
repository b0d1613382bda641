import { signOut } from '../consent/ask.ts'
import { problemPage } from '../consent/problem.ts'
import type { Handler } from '../counterpart.ts'

/** RP-initiated logout: back to the app, if that address is one of its redirect URIs. */
export const logout: Handler = (call) => {
  const back = call.url.searchParams.get('post_logout_redirect_uri') ?? ''
  const known = call.registrations.some(({ redirectUris }) => redirectUris.includes(back))
  return known ? signOut(back) : problemPage(call, 'You signed out of your account.')
}
