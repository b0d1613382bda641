import { load } from './lazy.ts'
import type * as dpop from './parts/dpop.ts'
import type * as login from './parts/login.ts'
import type * as refresh from './parts/refresh.ts'
import type * as sessions from './parts/sessions.ts'
import type * as unusual from './parts/unusual.ts'

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

/** The part that renews tokens. */
export function loadRefresh(): Promise<typeof refresh> {
  return load(() => import('./parts/refresh.ts'))
}

/** The part for what ordinary logins do without. */
export function loadUnusual(): Promise<typeof unusual> {
  return load(() => import('./parts/unusual.ts'))
}

/** The part for tokens that are bound to a key. */
export function loadDpop(): Promise<typeof dpop> {
  return load(() => import('./parts/dpop.ts'))
}
