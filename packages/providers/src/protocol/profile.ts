import type { Profile, ProfileRequest } from '../types.ts'
import { isSafeUrl } from './safe-url.ts'

/**
 * Reads a profile out of an API's answer. Members that are not usable text are left out; a number
 * as `id` becomes text.
 *
 * @returns undefined where there is no id, or the answer has another shape than declared
 */
export function readProfile(request: ProfileRequest, reply: unknown): Profile | undefined {
  let members: Partial<Record<keyof Profile, unknown>>
  try {
    members = request.read(reply)
  } catch {
    return undefined
  }
  const id = typeof members.id === 'number' ? String(members.id) : text(members.id)
  if (id === undefined) return undefined
  const name = text(members.name)
  const email = text(members.email)
  const picture = text(members.picture)
  return {
    id,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(picture !== undefined && isSafeUrl(picture) && { picture }),
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
