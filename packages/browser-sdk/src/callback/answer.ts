import { DanceError } from '../errors.ts'
import type { Callback } from './recognise.ts'

/** What an authorization server says at the end of a login or a sign-out, each at most once. */
export interface Answer {
  readonly state: string
  readonly iss?: string
  readonly code?: string
  readonly error?: string
  /** Foreign text, for people. Plain, and cut to 512 characters. */
  readonly description?: string
}

const names = ['state', 'iss', 'code', 'error', 'error_description'] as const
const single = [...names, 'access_token', 'id_token', 'oauth_token', 'oauth_verifier']
const longest = 16_384

/**
 * Reads the answer (RFC 6749 §4.1.2; §3.1: a parameter at most once, an empty one is none).
 *
 * @throws DanceError `callback-invalid`
 */
export function readAnswer({ client, query, misplaced }: Callback): Answer {
  const refuse = (reason: string): never => {
    throw new DanceError(
      'callback-invalid',
      `The answer to this login can't be used: ${reason}. Start the login again.`,
      { client: client.name },
    )
  }
  if (misplaced) return refuse('it is in the fragment, where a code does not belong')
  if (query.length > longest) return refuse('it is too long')
  const params = new URLSearchParams(query)
  if (single.some((name) => params.getAll(name).length > 1)) {
    return refuse('it says something twice')
  }
  if (params.has('access_token')) return refuse('it has a token in its URL')
  const value = (name: (typeof names)[number]): string | undefined => params.get(name) || undefined
  const state = value('state')
  const iss = value('iss')
  const code = value('code')
  const error = value('error')
  const description = value('error_description')
  if (state === undefined) return refuse('it has no state')
  if (code !== undefined && error !== undefined) return refuse('it has a code and an error')
  return {
    state,
    ...(iss !== undefined && { iss }),
    ...(code !== undefined && { code }),
    ...(error !== undefined && { error: cleanCode(error) }),
    // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
    ...(description && { description: description.replace(/[\u0000-\u001f]/g, ' ').slice(0, 512) }),
  }
}

/** RFC 6749 §4.1.2.1 names the characters. */
const cleanCode = (code: string): string =>
  /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(code) ? code : 'server_error'
