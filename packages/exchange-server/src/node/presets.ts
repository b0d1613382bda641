import type { Provider } from '@spa-dance/providers'

/** What a preset may read of the environment: `<NAME>_OAUTH_…`, without that beginning. */
export type ReadVariable = (member: string) => string | undefined

type Preset = (read: ReadVariable) => Promise<Provider>

/**
 * The presets that the environment alone can name, by the beginning of their variables in lower
 * case. Each is loaded when it is wanted. A configuration file can use any declaration.
 */
const presets: Readonly<Record<string, Preset>> = {
  async discord() {
    const { discord } = await import('@spa-dance/providers/discord')
    return discord()
  },
  async github(read) {
    const { github } = await import('@spa-dance/providers/github')
    const host = read('HOST')
    return github(host === undefined ? {} : { host })
  },
  async oidc(read) {
    const { oidc } = await import('@spa-dance/providers/oidc')
    const issuer = read('ISSUER')
    if (issuer === undefined) throw new TypeError('set OIDC_OAUTH_ISSUER to its issuer')
    return oidc({ issuer, route: 'exchange' })
  },
  async twitter() {
    const { twitter } = await import('@spa-dance/providers/twitter')
    return twitter()
  },
}

/** Their names, for messages. */
export const presetNames: readonly string[] = Object.keys(presets)

/**
 * Makes a preset.
 *
 * @returns undefined where there is none of this name
 * @throws TypeError with what to set, where an option is missing or wrong
 */
export async function loadPreset(name: string, read: ReadVariable): Promise<Provider | undefined> {
  return Object.hasOwn(presets, name) ? presets[name]?.(read) : undefined
}
