import type { LoggedRequest } from '@spa-dance/emulator'
import { names } from './providers.ts'
import { partnerOf } from './partners.ts'

/** One request of a dance, as a person may read it. It holds no value of anything that was sent. */
export interface Step {
  readonly id: string
  readonly at: Date
  /** Who called whom, from the left to the right. */
  readonly chain: readonly string[]
  readonly what: string
  /** The names of what was sent. */
  readonly sent: readonly string[]
  readonly status: number
}

/** What the emulated providers have received, the latest first. */
export async function readSteps(): Promise<readonly Step[]> {
  const response = await fetch(`${import.meta.env.VITE_EMULATOR_URL}/_emulator/requests`)
  const log = (await response.json()) as readonly LoggedRequest[]
  return log
    .map(toStep)
    .filter((step) => step !== undefined)
    .toReversed()
    .slice(0, 40)
}

function toStep(request: LoggedRequest, index: number): Step | undefined {
  const { at, provider, endpoint, status, query, form, secretSent, authorization } = request
  const client = names.find((one) => one === provider)
  const what = told(request)
  if (client === undefined || what === undefined) return undefined
  const { name, route } = partnerOf(client)
  const inBrowser = endpoint === 'authorize' || endpoint === 'consent'
  // A page's own request says its origin; the exchange's has none.
  const direct = endpoint === 'consent' || (inBrowser ? route === 'direct' : 'origin' in request)
  const proof = [
    ...(secretSent ? ['the secret'] : []),
    ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
  ]
  return {
    id: `${at} ${index}`,
    at: new Date(at),
    chain: [inBrowser && direct ? 'Browser' : 'Page', ...(direct ? [] : ['Exchange']), name],
    what,
    sent: [...proof, ...query, ...form].filter((part) => part !== 'client_secret'),
    status,
  }
}

function told({ endpoint, method, path, grantType }: LoggedRequest): string | undefined {
  if (endpoint === 'authorize') return 'Sends the person there'
  if (endpoint === 'consent') return 'The person answers'
  if (endpoint === 'revocation') return 'Gives the tokens back'
  if (endpoint === 'token') {
    return grantType === 'refresh_token' ? 'Renews the tokens' : 'Asks for tokens'
  }
  return endpoint === 'api' ? `${method} ${path}` : undefined
}
