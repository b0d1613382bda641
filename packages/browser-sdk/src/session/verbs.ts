import type { Session } from '../types.ts'
import { json } from './json.ts'

/** The ways of asking that all are a `fetch` in the end. */
export function verbs(
  name: string,
  fetch: Session['fetch'],
): Pick<Session, 'fetch' | 'get' | 'post' | 'put' | 'patch' | 'delete' | 'json'> {
  const withBody =
    (method: string): Session['post'] =>
    (path, body = null, init = {}) =>
      fetch(path, { ...init, method, body })
  const withoutBody =
    (method: string): Session['get'] =>
    (path, init) =>
      fetch(path, { ...init, method })
  return {
    fetch,
    get: withoutBody('GET'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
    delete: withoutBody('DELETE'),
    json: async <T>(path: string, init?: RequestInit) =>
      (await json({ name }, await fetch(path, init))) as T,
  }
}
