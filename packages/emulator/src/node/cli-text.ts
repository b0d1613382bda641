import { counterparts } from '../counterparts.ts'
import type { EmulatorOptions } from '../options.ts'

type Registrations = EmulatorOptions['registrations']

/** What `dance-emulator --help` prints. */
export const usage = `dance-emulator: every OAuth provider of the dance, locally

  dance-emulator [--port 4180] --redirect-uri <uri> [--redirect-uri <uri>] [--public-key <file>]

  --port <n>            where to listen; 0 for any that is free (default 4180)
  --host <address>      the address to listen on (default 127.0.0.1)
  --redirect-uri <uri>  where apps may return to, to the letter; give it once for each.
                        {client} in it stands for the provider's id
  --public-key <file>   the PEM of the apps' public key: without it JIRA (RSA) and Apple
                        (P-256), which check signatures by it, know no app
  --help                this text

Each provider knows the app "<id>-client" with the secret "<id>-secret", and those with
public clients also "<id>-public", which has none.
`

/**
 * Of each provider one app with a secret, and one without where the provider has public clients.
 *
 * @param publicKey the PEM that providers know in place of a secret, where they check signatures by it
 */
export function defaultRegistrations(
  redirectUris: readonly string[],
  publicKey?: string,
): Registrations {
  return Object.fromEntries(
    counterparts.map(({ id, publicClients, publicKeys }) => {
      const mine = redirectUris.map((uri) => uri.replaceAll('{client}', id))
      if (publicKeys) {
        const app = { clientId: `${id}-client`, redirectUris: mine }
        return [id, publicKey === undefined ? [] : [{ ...app, publicKey }]]
      }
      return [
        id,
        [
          { clientId: `${id}-client`, clientSecret: `${id}-secret`, redirectUris: mine },
          ...(publicClients ? [{ clientId: `${id}-public`, redirectUris: mine }] : []),
        ],
      ]
    }),
  )
}

/** What to put where, once the emulator is up. */
export function howToUse(url: string, registrations: Registrations): string {
  const lines = counterparts.flatMap(({ id, name }) => [
    `  ${name} at ${url.replace('://', `://${id}.`)}`,
    ...(registrations[id] ?? []).map(
      ({ clientId, clientSecret, publicKey }) =>
        `    client id ${clientId}, ${
          publicKey !== undefined
            ? 'signing by the private key of --public-key'
            : clientSecret === undefined
              ? 'no secret'
              : `secret ${clientSecret}`
        }`,
    ),
  ])
  const uris = new Set(
    Object.values(registrations).flatMap((clients) => clients.flatMap((one) => one.redirectUris)),
  )
  const returns =
    uris.size === 0
      ? '  nowhere yet: start it with --redirect-uri <uri>'
      : [...uris].map((uri) => `  ${uri}`).join('\n')
  return `dance-emulator is up at ${url}

In the page and on the exchange, wrap each provider:
  import { emulated } from '@spa-dance/emulator/emulated'
  { provider: emulated(github(), '${url}'), clientId: 'github-client', ... }

${lines.join('\n')}

Apps may return to
${returns}

Control API: ${url}/_emulator/   Stop with Ctrl-C.
`
}
