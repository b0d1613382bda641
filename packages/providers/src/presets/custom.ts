import { checkProvider } from '../protocol/check.ts'
import type { Provider } from '../types.ts'

/**
 * Declares a provider that has no preset, with the very type that presets have.
 *
 * @returns the declaration as it was given
 * @throws TypeError that lists everything wrong with it
 */
export function custom<const P extends Provider>(provider: P): P {
  const problems = checkProvider(provider)
  if (problems.length > 0) {
    throw new TypeError(`[dance] This provider can't work:\n- ${problems.join('\n- ')}`)
  }
  return provider
}
