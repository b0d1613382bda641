import { readFileSync } from 'node:fs'
import type { Provider } from '@spa-dance/providers'
import { signsByKey } from '../oauth1/method.ts'
import { loadPreset, presetNames } from './presets.ts'

/** Like `process.env`. A variable that is empty counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A client before its credentials are known to be there. */
export interface ClientDraft extends Readonly<Record<string, unknown>> {
  readonly provider?: Provider
}

/** The variables that hold a client's credential, the first name being the one to recommend. */
const variables: Readonly<Record<string, readonly string[]>> = {
  clientId: ['CLIENT_ID'],
  clientSecret: ['CLIENT_SECRET'],
  consumerKey: ['API_KEY', 'CONSUMER_KEY'],
  consumerSecret: ['API_SECRET', 'CONSUMER_SECRET'],
  privateKey: ['RSA_KEY'],
  teamId: ['TEAM_ID'],
  keyId: ['KEY_ID'],
  signingKey: ['PRIVATE_KEY'],
}

/** Which of them may be the path of a file, too. */
const keys = ['privateKey', 'signingKey']

const prefixOf = (client: string): string => `${client.toUpperCase().replaceAll('-', '_')}_OAUTH_`

/** The variable to set for a member of a client, if there is one. */
export function variableFor(client: string, member: string): string | undefined {
  const [name] = variables[member] ?? []
  return name && prefixOf(client) + name
}

/** Fills what a client leaves out from the variables with its name. */
export function completeClient(name: string, draft: ClientDraft, env: Environment): ClientDraft {
  const found = credentialsOf(draft.provider).flatMap((member) => {
    const value = (variables[member] ?? [])
      .map((variable) => env[prefixOf(name) + variable])
      .find((text) => text !== undefined && text !== '')
    return draft[member] !== undefined || value === undefined
      ? []
      : [[member, keys.includes(member) ? readKey(value) : value]]
  })
  const scopes = env[`${prefixOf(name)}SCOPES`]
  return {
    ...draft,
    ...Object.fromEntries(found),
    ...(scopes && draft['scopes'] === undefined && { scopes: list(scopes, /[\s,]+/) }),
  }
}

function credentialsOf(provider: Provider | undefined): readonly string[] {
  if (provider?.protocol === 'oauth1') {
    return ['consumerKey', signsByKey(provider.signature) ? 'privateKey' : 'consumerSecret']
  }
  const { clientAuth, signedFor } = provider?.token ?? {}
  if (clientAuth === 'private_key_jwt') return ['clientId', 'keyId', 'signingKey']
  return signedFor ? ['clientId', 'teamId', 'keyId', 'signingKey'] : ['clientId', 'clientSecret']
}

/**
 * The clients that the environment names by `<NAME>_OAUTH_CLIENT_ID` and the like.
 *
 * @param known clients that a file declares already
 */
export async function clientsFrom(
  env: Environment,
  known: Iterable<string>,
  problems: string[],
): Promise<Record<string, ClientDraft>> {
  const declared = new Set(known)
  const drafts: Record<string, ClientDraft> = {}
  const names = Object.keys(env).flatMap((variable) => {
    const [, name] = /^([A-Z0-9_]+)_OAUTH_(?:CLIENT_ID|API_KEY|CONSUMER_KEY)$/.exec(variable) ?? []
    return name === undefined || !env[variable] ? [] : [name.toLowerCase().replaceAll('_', '-')]
  })
  for (const name of new Set(names)) {
    if (declared.has(name)) continue
    try {
      const provider = await loadPreset(name, (member) => env[prefixOf(name) + member] || undefined)
      if (provider) drafts[name] = { provider }
      else {
        problems.push(
          `${prefixOf(name)}… names no preset: there are ${presetNames.join(', ')}; ` +
            'declare any other provider in a configuration file',
        )
      }
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : 'the preset failed'}`)
    }
  }
  return drafts
}

const settings =
  /^DANCE_(?:BASE_URL|REDIRECT_URIS|(?:SEAL_KEYS|REDIS_URL)(?:_FILE)?|ALLOW_PRIVATE|RATE_LIMIT|TRUST_PROXY|LOG_LEVEL)$/
/** What Kubernetes sets in each container for a service, such as one named `dance-exchange`. */
const ofService = /_(?:SERVICE_(?:HOST|PORT\w*)|PORT(?:_\d+_\w+)?)$/

/** The variables that look like settings of the exchange, and are none. */
export function unknownSettings(env: Environment): string[] {
  return Object.keys(env).filter(
    (name) => name.startsWith('DANCE_') && !settings.test(name) && !ofService.test(name),
  )
}

/** The parts of a list in one variable. */
export function list(text: string, separator: RegExp = /\s*,\s*/): string[] {
  return text.split(separator).filter((part) => part !== '')
}

/** A key itself, or the path of its file, as Flask-Dance takes both. */
function readKey(value: string): string {
  if (value.includes('-----BEGIN')) return value
  try {
    return readFileSync(value, 'utf8')
  } catch {
    return value
  }
}
