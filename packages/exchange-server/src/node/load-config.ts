import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readConfig } from '../config/config.ts'
import { withShape } from '../config/shape.ts'
import { ExchangeConfigError } from '../errors.ts'
import type { ExchangeApp, ExchangeClient, ExchangeOptions } from '../types.ts'
import {
  clientsFrom,
  completeClient,
  list,
  unknownSettings,
  variableFor,
  type ClientDraft,
  type Environment,
} from './environment.ts'
import { limitsFrom } from './limits.ts'
import { redisProblems, storeFrom } from './redis.ts'
import { withSecretFiles } from './secret-files.ts'
import type { StartOptions } from './start.ts'

/** Where `loadConfig` looks. */
export interface LoadOptions {
  /** A module whose default export is `ExchangeOptions`; credentials may be left out of it. */
  file?: string | undefined
  /** @default process.env */
  env?: Environment
  /** Instead of the file's or the environment's, as the command line may say. */
  override?: { readonly port?: number; readonly host?: string }
  /** Is told each variable that looks like a setting, and is none. */
  onUnknown?: (variable: string) => void
}

/** What was found, usable or not. */
export interface Settings {
  readonly options: StartOptions
  readonly problems: readonly string[]
  /** What is set to no effect, which may be a slip of the pen. */
  readonly unknown: readonly string[]
  /** With what lies in files. */
  readonly env: Environment
}

const defaultPort = 8787

/**
 * Reads the configuration from a file, the environment, or both: what the file leaves out comes
 * from the environment. Connects to the Redis of `DANCE_REDIS_URL`, if there is no other store.
 *
 * @throws ExchangeConfigError that lists everything missing or wrong, each with what to set
 */
export async function loadConfig(from: LoadOptions = {}): Promise<StartOptions> {
  const { options, problems, unknown, env } = await readSettings(from)
  unknown.forEach((variable) => from.onUnknown?.(variable))
  if (problems.length > 0) throw new ExchangeConfigError(problems)
  const store = options.store ?? (await storeFrom(env))
  return { ...options, ...(store && { store }) }
}

/** Like `loadConfig`, but returns the problems with what there is. */
export async function readSettings({
  file,
  env: variables = process.env,
  override,
}: LoadOptions = {}): Promise<Settings> {
  const problems: string[] = []
  const env = withSecretFiles(variables, problems)
  const given = file === undefined ? {} : await importFile(file, problems)
  const declared: Readonly<Record<string, ClientDraft>> = { ...(given.clients as object) }
  const drafts = { ...declared, ...(await clientsFrom(env, Object.keys(declared), problems)) }
  const clients = Object.fromEntries(
    Object.entries(drafts).map(([name, draft]) => [name, completeClient(name, draft, env)]),
  )
  const redirectUris = list(env['DANCE_REDIRECT_URIS'] ?? '')
  const apps: Record<string, ExchangeApp> = redirectUris.length > 0 ? { spa: { redirectUris } } : {}
  const baseUrl = given.baseUrl ?? env['DANCE_BASE_URL'] ?? ''
  const options: StartOptions = {
    port: readPort(env['PORT'], problems) ?? portOf(baseUrl),
    ...(env['HOST'] && { host: env['HOST'] }),
    ...limitsFrom(env, problems),
    ...given,
    ...override,
    baseUrl,
    apps: given.apps ?? apps,
    // What is missing in here is what readConfig finds.
    clients: clients as unknown as Record<string, ExchangeClient>,
    allowPrivate: given.allowPrivate ?? list(env['DANCE_ALLOW_PRIVATE'] ?? ''),
    sealKeys: given.sealKeys ?? list(env['DANCE_SEAL_KEYS'] ?? '', /[\s,]+/),
  }
  const all = [...problems, ...redisProblems(env), ...configProblems(options)]
  return { options, problems: all, unknown: unknownSettings(variables), env }
}

function readPort(text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined || text === '') return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  problems.push('PORT is no port: give a number up to 65535')
  return undefined
}

/** On this machine the base URL says it; behind a proxy it says nothing of the port to listen on. */
function portOf(baseUrl: string): number {
  const { protocol, port } = URL.canParse(baseUrl) ? new URL(baseUrl) : new URL('https://unknown')
  return protocol === 'http:' && port !== '' ? Number(port) : defaultPort
}

type Given = Partial<StartOptions>

async function importFile(file: string, problems: string[]): Promise<Given> {
  if (!existsSync(file)) {
    problems.push(`${file} is not there: give the path of your configuration file`)
    return {}
  }
  const { href } = pathToFileURL(resolve(file))
  try {
    const module: { default?: unknown } = await import(href)
    if (typeof module.default === 'object' && module.default !== null) {
      return withShape(module.default, problems)
    }
    problems.push(`${file} has no default export: export the exchange's options as default`)
  } catch (error) {
    const { message = 'it threw', stack = '' } = error instanceof Error ? error : {}
    const line = error instanceof SyntaxError ? unparsedLine(resolve(file)) : lineIn(href, stack)
    problems.push(`${file}${line} can't be loaded: ${message}`)
  }
  return {}
}

/** Where a module can't be parsed: Node tells that to a console alone. */
const unparsedLine = (path: string): string =>
  lineIn(path, spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' }).stderr)

/** The first line of a module that a text names. */
function lineIn(module: string, text: string): string {
  const [, after = ''] = text.split(`${module}:`)
  const line = Number.parseInt(after, 10)
  return line > 0 ? `, line ${line},` : ''
}

function configProblems(options: ExchangeOptions): readonly string[] {
  try {
    // The server brings the address.
    readConfig({ addressOf: () => undefined, ...options })
    return []
  } catch (error) {
    if (error instanceof ExchangeConfigError) return error.problems.map(withVariable)
    throw error
  }
}

const general: Readonly<Record<string, string>> = {
  'baseUrl is missing': 'DANCE_BASE_URL',
  'apps is empty': 'DANCE_REDIRECT_URIS',
  'sealKeys is empty': 'DANCE_SEAL_KEYS',
  'clients is empty': 'GITHUB_OAUTH_CLIENT_ID and GITHUB_OAUTH_CLIENT_SECRET, for example',
}

/** Adds the variable that would mend it. */
function withVariable(problem: string): string {
  const [, client = '', member = ''] = /^clients\.([^.]+)\.(\w+) is missing/.exec(problem) ?? []
  const start = Object.keys(general).find((text) => problem.startsWith(text))
  const hosts = problem.endsWith('name it in allowPrivate') ? 'DANCE_ALLOW_PRIVATE' : undefined
  const variable = variableFor(client, member) ?? hosts ?? (start && general[start])
  return variable === undefined ? problem : `${problem} (or set ${variable})`
}
