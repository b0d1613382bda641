import type { ProviderApi } from '../types.ts'

/**
 * Whether an answer with status 200 hides an error, where the declaration says that an API does so.
 *
 * @param body the answer's text
 * @returns `unauthorized` where the token is of no use (any more), `other` for any other error
 */
export function hiddenError(
  { unauthorized }: Pick<ProviderApi, 'unauthorized'>,
  body: string,
): 'unauthorized' | 'other' | undefined {
  if (!unauthorized) return undefined
  try {
    const { error } = Object(JSON.parse(body))
    if (typeof error !== 'string' || error === '') return undefined
    return unauthorized.includes(error) ? 'unauthorized' : 'other'
  } catch {
    return undefined
  }
}
