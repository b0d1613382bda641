/** What a member of the options has to be. */
type Kind = 'list' | 'object'

const fits: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  list: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}

const fixes: Readonly<Record<Kind, string>> = {
  list: "is no list of texts: write ['…'], also for one",
  object: 'is no object: write { … }',
}

const options = {
  apps: 'object',
  clients: 'object',
  sealKeys: 'list',
  allowPrivate: 'list',
  rateLimit: 'object',
} as const

const app = { redirectUris: 'list', clients: 'list' } as const

const client = { provider: 'object', scopes: 'list', allowedScopes: 'list' } as const

/** What a typing error in an app would silently leave out. */
const ofApp = [...Object.keys(app), 'browserless']

type Loose = Readonly<Record<string, unknown>>

/**
 * The options without the members that are of another shape than the types say, as JavaScript may
 * give them: each is added to `problems`, and the rest can be looked at as if they were not there.
 */
export function withShape<Options extends object>(given: Options, problems: string[]): Options {
  const all: Loose = keepFitting('', given as Loose, options, problems)
  const each = (member: 'apps' | 'clients', kinds: Readonly<Record<string, Kind>>) =>
    all[member] !== undefined && {
      [member]: entriesOf(member, all[member] as Loose, kinds, problems),
    }
  return { ...all, ...each('apps', app), ...each('clients', client) } as Options
}

function entriesOf(
  where: string,
  entries: Loose,
  kinds: Readonly<Record<string, Kind>>,
  problems: string[],
): Loose {
  const good = Object.keys(entries).filter((name) => {
    const isObject = fits.object(entries[name])
    if (!isObject) problems.push(`${where}.${name} ${fixes.object}`)
    return isObject
  })
  return Object.fromEntries(
    good.map((name) => {
      const entry = entries[name] as Loose
      if (where === 'apps') nameUnknown(`apps.${name}`, entry, problems)
      return [name, keepFitting(`${where}.${name}.`, entry, kinds, problems)]
    }),
  )
}

function keepFitting(
  where: string,
  entry: Loose,
  kinds: Readonly<Record<string, Kind>>,
  problems: string[],
): Loose {
  const wrong = Object.keys(kinds).filter((member) => {
    const [value, kind] = [entry[member], kinds[member]]
    return value !== undefined && kind !== undefined && !fits[kind](value)
  })
  problems.push(...wrong.map((member) => `${where}${member} ${fix(entry[member], kinds[member])}`))
  return Object.fromEntries(Object.entries(entry).filter(([member]) => !wrong.includes(member)))
}

const fix = (value: unknown, kind: Kind = 'object'): string =>
  kind === 'object' && typeof value === 'function'
    ? 'is a function: call it, as in github()'
    : fixes[kind]

function nameUnknown(where: string, entry: Loose, problems: string[]): void {
  const unknown = Object.keys(entry).filter((member) => !ofApp.includes(member))
  problems.push(
    ...unknown.map((member) => `${where}.${member} is unknown: there are ${ofApp.join(', ')}`),
  )
}
