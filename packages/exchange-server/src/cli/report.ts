import type { Settings } from '../node/load-config.ts'
import type { ExchangeClient } from '../types.ts'

/** What `check` prints. No credential is in it. */
export function report({ options, problems, unknown }: Settings): string {
  const { baseUrl, apps, clients, sealKeys, port, host = '127.0.0.1' } = options
  const base = baseUrl === '' ? '<baseUrl>' : baseUrl
  const lines = [
    `Exchange   ${base}, listening on ${host}:${port}`,
    `Seal keys  ${sealKeys.map((key) => key.split(':')[0]).join(', ') || 'none'}`,
    '',
    ...Object.entries(apps).flatMap(([name, app]) => [
      `App ${name}${app.browserless ? ' (browserless)' : ''}`,
      ...app.redirectUris.map((uri) => `  sends people back to ${uri}`),
    ]),
    '',
    ...Object.entries(clients).flatMap(([name, client]) => describe(name, client, base)),
  ]
  const verdict =
    problems.length === 0
      ? ['Everything is there.']
      : ['Missing or wrong:', ...problems.map((problem) => `- ${problem}`)]
  return [...lines, ...unknown.map(noSetting), ...verdict, ''].join('\n')
}

/** What to say of a variable that is set to no effect. */
export const noSetting = (variable: string): string =>
  `${variable} is set, but the exchange has no such setting: see --help for those that it has.`

function describe(name: string, client: ExchangeClient, base: string): string[] {
  const { provider } = client
  if (!provider) return [`Client ${name}`, '']
  const scopes = 'scopes' in client && client.scopes ? client.scopes : readScopes(client)
  const kind = provider.protocol === 'oauth1' ? 'OAuth 1.0a' : 'OAuth 2'
  return [
    `Client ${name}: ${provider.name} (${provider.protocol === 'oidc' ? 'OpenID Connect' : kind})`,
    `  register there as callback URL: ${base}/${name}/callback`,
    ...(scopes.length > 0 ? [`  asks for: ${scopes.join(' ')}`] : []),
    `  API calls: ${relayed(client) ? 'through the exchange' : 'from the page, or through the exchange where tokens last longer than a day'}`,
    '',
  ]
}

const readScopes = ({ provider }: ExchangeClient): readonly string[] =>
  provider.protocol === 'oauth1' ? [] : (provider.scopes ?? [])

const relayed = (client: ExchangeClient): boolean =>
  client.provider.protocol === 'oauth1' ||
  ('relay' in client && client.relay) ||
  client.provider.api?.cors === false
