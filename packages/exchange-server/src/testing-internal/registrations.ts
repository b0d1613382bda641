import type { Registration } from '@spa-dance/emulator'

/** What the emulator knows of an exchange at `baseUrl` that has the options of `emulated.config.ts`. */
export function registrations(baseUrl: string): Record<string, Registration[]> {
  const of = (name: string, id: string): Registration[] => [
    { clientId: id, clientSecret: `${id}-secret`, redirectUris: [`${baseUrl}/${name}/callback`] },
  ]
  return { github: of('github', 'hub'), twitter: of('twitter', 'bird') }
}
