import type { Counterpart } from '../counterpart.ts'

/** Which of a counterpart's hosts a request is for. */
export interface Place {
  readonly counterpart: Counterpart
  readonly host: string
}

/**
 * Who stands in for which host of the world, such as `api.github.com`. Some stand in for one
 * together: two generations of an API.
 *
 * @param more an installation's host name, and its provider's id
 */
export function placesByHost(
  counterparts: readonly Counterpart[],
  more: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  const add = (name: string, place: Place): void =>
    void places.set(name, [...(places.get(name) ?? []), place])
  for (const counterpart of counterparts) {
    for (const host of counterpart.hosts) add(host, { counterpart, host })
    for (const [name, id] of Object.entries(more)) {
      if (id === counterpart.id) add(name, { counterpart, host: counterpart.hosts[0] })
    }
  }
  return places
}

/** The address of one host of a counterpart below the emulator's `url`, without a slash at the end. */
export function originOf({ counterpart, host }: Place, url: URL): string {
  const label = host === counterpart.hosts[0] ? '' : `${host.replaceAll('.', '-')}.`
  return `${url.protocol}//${label}${counterpart.id}.${url.host}`
}

/**
 * @param hostname of the request, without a port
 * @param base the emulator's own host name
 * @returns undefined where no counterpart stands there
 */
export function placeOf(
  hostname: string,
  base: string,
  counterparts: readonly Counterpart[],
): Place | undefined {
  const suffix = `.${base}`
  if (!hostname.endsWith(suffix)) return undefined
  const labels = hostname.slice(0, -suffix.length).split('.')
  const counterpart = counterparts.find(({ id }) => id === labels.at(-1))
  if (!counterpart || labels.length > 2) return undefined
  const [label] = labels
  const host =
    labels.length === 1
      ? counterpart.hosts[0]
      : counterpart.hosts.slice(1).find((name) => name.replaceAll('.', '-') === label)
  return host === undefined ? undefined : { counterpart, host }
}

/** Whether the emulator itself is meant: its own host, or loopback by address. */
export function isHome(hostname: string, base: string): boolean {
  return hostname === base || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

/**
 * The URL as the caller addressed it: a proxy or a client that connects by address says so in Host.
 *
 * @param real host names that are reached by https
 */
export function addressedUrl(
  request: Request,
  base: URL,
  real: Pick<ReadonlyMap<string, unknown>, 'has'>,
): URL {
  const url = new URL(request.url)
  const named = request.headers.get('host')
  const host = named !== null && URL.canParse(`${base.protocol}//${named}`) ? named : url.host
  const protocol = real.has(host) ? 'https:' : base.protocol
  return new URL(url.pathname + url.search, `${protocol}//${host}`)
}
