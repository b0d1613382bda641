import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { markdownTable } from './markdown-table.ts'
import { protocolOf, rows, type ProviderRow } from './provider-table.ts'

const root = new URL('../../', import.meta.url)

/** Of README.md, whose table of providers the run writes. */
export const readmePath: string = fileURLToPath(new URL('README.md', root))

const head = ['provider', 'import', 'protocol', 'route', 'API calls']

/** No row tells of these: what they are is what an app says. */
const generic = [
  [
    'any OpenID Provider',
    '`@spa-dance/providers/oidc`',
    'OpenID Connect, by discovery',
    'direct, or exchange',
    'from the page',
  ],
  ['your own', '`@spa-dance/providers/custom`', 'OAuth 2 or 1.0a', 'either', 'either'],
]

function protocolWith({ provider, pkce }: ProviderRow): string {
  if (provider.protocol === 'oidc') return `${protocolOf(provider)}, by discovery`
  const hasPkce = provider.protocol === 'oauth2' && pkce !== false
  return `${protocolOf(provider)}${hasPkce ? ', PKCE' : ''}`
}

function routesOf(row: ProviderRow): string {
  const all = rows.filter(({ provider }) => provider.id === row.provider.id)
  const routes = new Set(all.map(({ route }) => route))
  // An OpenID Provider registers either sort of client, in one and the same way.
  if (row.provider.protocol === 'oidc') routes.add('exchange')
  return [...routes].join(', or ')
}

function callsOf({ call, api, provider }: ProviderRow): string {
  if (!call) return 'none'
  if (api === 'page') return 'from the page'
  return provider.protocol === 'oauth1' ? 'relayed and signed' : 'relayed'
}

/** What its page is called. */
function titleOf(id: string): string {
  const page = readFileSync(new URL(`docs/providers/${id}.md`, root), 'utf8')
  return /^# (.+)/.exec(page)?.[1] ?? id
}

/** The README's table: a line for each preset, from its row and the title of its page. */
function providerTable(): string {
  const lines = rows
    .filter(({ variant }) => variant === undefined)
    .map((row) => ({ row, title: titleOf(row.id) }))
    .toSorted((one, other) => one.title.localeCompare(other.title, 'en'))
    .map(({ row, title }) => [
      `[${title}](docs/providers/${row.id}.md)`,
      `\`@spa-dance/providers/${row.id}\``,
      protocolWith(row),
      routesOf(row),
      callsOf(row),
    ])
  return markdownTable(head, [...lines, ...generic]).join('\n')
}

/** The README with its table as it has to be. */
export const withProviderTable = (readme: string): string =>
  readme.replace(/^\| provider +\| import[\s\S]*?(?=\n\n)/m, providerTable)
