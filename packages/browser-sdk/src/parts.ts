import { load } from './lazy.ts'
import type * as login from './parts/login.ts'
import type * as sessions from './parts/sessions.ts'

/** The part that a page needs whose person is signed in. */
export function loadSessions(): Promise<typeof sessions> {
  return load(() => import('./parts/sessions.ts'))
}

/**
 * The part that begins and ends logins. What it needs is asked for along with it: a browser would
 * find that out only once it is there.
 */
export async function loadLogin(): Promise<typeof login> {
  const [part] = await Promise.all([load(() => import('./parts/login.ts')), loadSessions()])
  return part
}
