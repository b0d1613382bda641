import type { Counterpart } from '../counterpart.ts'
import { people, findPerson } from '../people.ts'
import { endTokens } from '../state.ts'
import type { World } from '../world.ts'
import type { EmulatorControl } from './types.ts'

/**
 * The control of one emulator.
 *
 * Every member throws a TypeError for a provider or a person that does not exist.
 */
export function createControl(world: World): EmulatorControl {
  const find = (provider: string): Counterpart => {
    const counterpart = world.counterparts.find(({ id }) => id === provider)
    if (counterpart) return counterpart
    const known = world.counterparts.map(({ id }) => id).join(', ')
    throw new TypeError(`[dance] No provider ${JSON.stringify(provider)} is emulated: ${known}`)
  }
  const stateOf = (provider: string): ReturnType<World['state']> => world.state(find(provider).id)
  const checkPerson = (key: string): string => {
    if (findPerson(key)) return key
    const known = people.map((person) => person.key).join(', ')
    throw new TypeError(`[dance] Nobody here is called ${JSON.stringify(key)}: ${known}`)
  }

  return {
    denyNext(provider) {
      stateOf(provider).answers.push({ decision: 'decline' })
    },
    approveNext(provider, person = people[0].key) {
      stateOf(provider).answers.push({ decision: 'approve', person: checkPerson(person) })
    },
    expireTokens(provider) {
      const { tokens } = stateOf(provider)
      for (const [value, token] of tokens) {
        if (token.kind === 'access') tokens.set(value, { ...token, expiresAt: world.now() })
      }
    },
    revoke(provider, person) {
      const state = stateOf(provider)
      const key = person === undefined ? undefined : checkPerson(person)
      endTokens(state, ({ grant }) => key === undefined || grant.person.key === key)
      for (const agreement of state.agreements.keys()) {
        if (key === undefined || agreement.endsWith(` ${key}`)) state.agreements.delete(agreement)
      }
    },
    failNext(provider, at, how) {
      stateOf(provider).failures.push({ ...how, at })
    },
    setTokenLifetime(provider, seconds) {
      const { tokensExpire, name } = find(provider)
      if (!tokensExpire) throw new TypeError(`[dance] Tokens of ${name} never expire`)
      stateOf(provider).tokenLifetime = seconds
    },
    requests(provider) {
      return world.log.filter((entry) => provider === undefined || entry.provider === provider)
    },
    reset: world.reset,
  }
}
