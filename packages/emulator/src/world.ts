import type { LoggedRequest } from './control/types.ts'
import type { Counterpart } from './counterpart.ts'
import type { EmulatorOptions, Registration } from './options.ts'
import { readPublicKey } from './oauth1/signature.ts'
import { placesByHost, type Place } from './serve/hosts.ts'
import { createSigningKey, type SigningKey } from './signing-key.ts'
import { createState, type ProviderState } from './state.ts'

/** Everything one emulator holds. All of it is in memory. */
export interface World {
  readonly url: string
  readonly counterparts: readonly Counterpart[]
  readonly registrations: Readonly<Record<string, readonly Registration[]>>
  /** Every host name that providers have in the world, and who stands in there. */
  readonly hosts: ReadonlyMap<string, readonly Place[]>
  readonly now: () => number
  /** One for all providers. It outlives a reset, since keys are cached by whoever has fetched them. */
  readonly signingKey: () => Promise<SigningKey>
  readonly log: LoggedRequest[]
  readonly state: (provider: string) => ProviderState
  readonly reset: () => void
}

/** @throws TypeError with all that is wrong with the options, each with its fix */
export function createWorld(options: EmulatorOptions, counterparts: readonly Counterpart[]): World {
  const { url = 'http://localhost:4180', registrations, hosts = {} } = options
  const problems = [
    ...checkUrl(url),
    ...checkRegistrations(registrations, counterparts),
    ...checkHosts(hosts, counterparts),
  ]
  if (problems.length > 0) {
    throw new TypeError(`[dance] The emulator can't start:\n- ${problems.join('\n- ')}`)
  }
  const states = new Map<string, ProviderState>()
  const log: LoggedRequest[] = []
  return {
    url,
    counterparts,
    registrations,
    hosts: placesByHost(counterparts, hosts),
    now: options.now ?? Date.now,
    signingKey: createSigningKey(),
    log,
    state: (provider) => {
      const state = states.get(provider) ?? createState()
      states.set(provider, state)
      return state
    },
    reset: () => {
      states.clear()
      log.length = 0
    },
  }
}

function checkUrl(url: string): string[] {
  const { protocol, hostname, pathname } = URL.canParse(url)
    ? new URL(url)
    : { protocol: '', hostname: '', pathname: '' }
  if (!/^https?:$/.test(protocol) || pathname !== '/' || /^[\d.]+$|^\[/.test(hostname)) {
    return [
      `url is ${JSON.stringify(url)}: give http://localhost:<port>, or another host with subdomains`,
    ]
  }
  return []
}

const unknown = (where: string, counterparts: readonly Counterpart[]): string =>
  `${where}: no such provider is emulated. Known are ${counterparts.map(({ id }) => id).join(', ')}`

function checkHosts(
  hosts: Readonly<Record<string, string>>,
  counterparts: readonly Counterpart[],
): string[] {
  return Object.entries(hosts).flatMap(([host, provider]) => {
    const problems: string[] = []
    if (!/^[a-z0-9.-]+$/.test(host)) {
      problems.push(`hosts: ${JSON.stringify(host)} must be a host name alone, in lower case`)
    }
    if (!counterparts.some(({ id }) => id === provider)) {
      problems.push(unknown(`hosts[${JSON.stringify(host)}]`, counterparts))
    }
    return problems
  })
}

function checkRegistrations(
  registrations: EmulatorOptions['registrations'],
  counterparts: readonly Counterpart[],
): string[] {
  return Object.entries(registrations).flatMap(([provider, clients]) => {
    const counterpart = counterparts.find(({ id }) => id === provider)
    if (!counterpart) return [unknown(`registrations.${provider}`, counterparts)]
    return clients.flatMap(({ clientSecret, publicKey, redirectUris }, position) => {
      const where = `registrations.${provider}[${position}]`
      const problems = redirectUris
        .filter((uri) => !URL.canParse(uri) || uri.includes('#'))
        .map((uri) => `${where}: ${JSON.stringify(uri)} must be a whole URL without fragment`)
      if (counterpart.publicKeys) {
        if (publicKey === undefined || !readPublicKey(publicKey)) {
          problems.push(
            `${where} needs a publicKey: ${counterpart.name} checks signatures. ` +
              'Give the PEM that "openssl pkey -in <private key> -pubout" prints',
          )
        }
      } else if (!clientSecret && !counterpart.publicClients) {
        problems.push(`${where} needs a clientSecret: ${counterpart.name} has no public clients`)
      }
      return problems
    })
  })
}
