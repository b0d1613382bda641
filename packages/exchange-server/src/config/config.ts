import { isSafeUrl } from '@spa-dance/providers/protocol'
import { originsOf, redirectUriProblems } from '../apps/redirect-uris.ts'
import { ExchangeConfigError } from '../errors.ts'
import type { HostPolicy } from '../guards/provider-host.ts'
import type { ExchangeOptions, RateLimit } from '../types.ts'
import { readClient } from './read-client.ts'
import { readSealKeys } from './seal-keys.ts'
import { withShape } from './shape.ts'
import type { AppConfig, ClientConfig, ExchangeConfig } from './types.ts'

const day = 86_400

/**
 * Checks everything that can be checked without a network.
 *
 * @throws ExchangeConfigError that lists all problems at once
 */
export function readConfig(untyped: ExchangeOptions): ExchangeConfig {
  const problems: string[] = []
  const options = withShape(untyped, problems)
  // JavaScript and environments give less than the types promise.
  const given: Partial<ExchangeOptions> = options
  const baseUrl = readBaseUrl(options.baseUrl, problems)
  const hosts = readHosts(options, baseUrl, problems)
  const clients = new Map<string, ClientConfig>()
  for (const [name, client] of Object.entries(given.clients ?? {})) {
    const read = readClient(name, client, { baseUrl: options.baseUrl, hosts }, problems)
    if (read) clients.set(name, read)
  }
  if (Object.keys(given.clients ?? {}).length === 0) {
    problems.push('clients is empty: give at least one provider with its registration')
  }
  const apps = readApps(given, problems)
  const sealKeys = readSealKeys(options.sealKeys, problems)
  const idleLifetime = readSeconds('idleLifetime', options.idleLifetime ?? 30 * day, problems)
  const absoluteLifetime = readSeconds(
    'absoluteLifetime',
    options.absoluteLifetime ?? 180 * day,
    problems,
  )
  const rateLimit = readRateLimit(options, problems)
  const { maxConcurrent = 2000 } = options
  if (!isCount(maxConcurrent)) problems.push(`maxConcurrent is ${String(maxConcurrent)}: ${count}`)
  if (problems.length > 0 || !baseUrl) throw new ExchangeConfigError(problems)
  return {
    baseUrl: options.baseUrl,
    origin: baseUrl.origin,
    basePath: baseUrl.pathname.replace(/\/$/, ''),
    secure: baseUrl.protocol === 'https:',
    apps,
    clients,
    sealKeys,
    hosts,
    rateLimit,
    maxConcurrent,
    idleLifetime,
    absoluteLifetime,
  }
}

function readBaseUrl(value: unknown, problems: string[]): URL | undefined {
  if (typeof value !== 'string' || value === '') {
    problems.push('baseUrl is missing: say where browsers reach this exchange')
    return undefined
  }
  if (!isSafeUrl(value)) {
    problems.push(`baseUrl is ${JSON.stringify(value)}: give an https URL (http only on loopback)`)
    return undefined
  }
  const url = new URL(value)
  const plain = url.pathname === '/' ? url.origin : url.origin + url.pathname
  if (value !== plain || value.endsWith('/')) {
    problems.push(
      `baseUrl is ${JSON.stringify(value)}: write it as ${JSON.stringify(plain.replace(/\/+$/, ''))}, ` +
        'without a trailing slash, query, fragment or default port',
    )
  }
  return url
}

function readHosts(
  { allowPrivate = [] }: Partial<ExchangeOptions>,
  baseUrl: URL | undefined,
  problems: string[],
): HostPolicy {
  for (const host of allowPrivate) {
    const url = `https://${host}`
    if (host.includes('*') || !URL.canParse(url) || new URL(url).hostname !== host) {
      problems.push(
        `allowPrivate: ${JSON.stringify(host)} is no host: write each name by itself, in lower case`,
      )
    }
  }
  // An http base URL is on loopback: such an exchange is for this machine alone, as its emulator is.
  return { allowPrivate: new Set(allowPrivate), loopback: baseUrl?.protocol === 'http:' }
}

function readApps(
  { apps = {}, clients = {} }: Partial<ExchangeOptions>,
  problems: string[],
): ReadonlyMap<string, AppConfig> {
  const read = new Map<string, AppConfig>()
  if (Object.keys(apps).length === 0) {
    problems.push('apps is empty: name at least one site, with its redirectUris')
  }
  for (const [name, app] of Object.entries(apps)) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
      problems.push(
        `apps: ${JSON.stringify(name)} can't be a client_id: use letters, digits, ".", "_" and "-"`,
      )
    }
    const redirectUris = app.redirectUris ?? []
    problems.push(...redirectUriProblems(`apps.${name}.redirectUris`, redirectUris))
    for (const client of app.clients ?? []) {
      if (!Object.hasOwn(clients, client)) {
        problems.push(
          `apps.${name}.clients names ${JSON.stringify(client)}, which clients does not have`,
        )
      }
    }
    read.set(name, {
      name,
      redirectUris,
      origins: originsOf(redirectUris),
      clients: app.clients && new Set(app.clients),
      browserless: app.browserless === true,
    })
  }
  return read
}

const count = 'give a whole number, at least 1'
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1

function readRateLimit(
  { rateLimit = {}, addressOf }: Partial<ExchangeOptions>,
  problems: string[],
): RateLimit {
  for (const [name, value] of Object.entries(rateLimit)) {
    if (!isCount(value)) problems.push(`rateLimit.${name} is ${String(value)}: ${count}`)
  }
  if (rateLimit.perAddress !== undefined && !addressOf) {
    problems.push('rateLimit.perAddress needs addressOf: say how the platform tells the address')
  }
  return rateLimit
}

function readSeconds(name: string, value: number, problems: string[]): number {
  if (!Number.isSafeInteger(value) || value < 60) {
    problems.push(`${name} is ${String(value)}: give whole seconds, at least 60`)
  }
  return value
}
