/** For an address that is none: all of these are one. */
const unknown = 'unknown'

/**
 * What counts as one caller: an IPv4 address, or the /64 that a household or a server has of IPv6,
 * however it is spelled.
 */
export function networkOf(address: string): string {
  // RFC 7239 §6: an IPv6 address may stand in brackets, and either may have a port.
  const [, bracketed, plain = ''] =
    /^\s*(?:\[([^\]]*)\](?::\d+)?|([^[\]]*?))\s*$/.exec(address) ?? []
  const text = (bracketed ?? plain).replace(/%.*$/, '')
  const [, v4] = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(text) ?? []
  if (v4 !== undefined) return URL.canParse(`http://${v4}`) ? new URL(`http://${v4}`).host : unknown
  if (!URL.canParse(`http://[${text}]`)) return unknown
  const groups = groupsOf(new URL(`http://[${text}]`).hostname.slice(1, -1))
  // RFC 4291 §2.5.5.2: an IPv4 address in IPv6's clothes.
  if (groups.slice(0, 6).join() === '0,0,0,0,0,65535') {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups of an address in its canonical form (RFC 5952). */
function groupsOf(address: string): number[] {
  const [front = [], back = []] = address
    .split('::')
    .map((side) => (side === '' ? [] : side.split(':').map((group) => Number.parseInt(group, 16))))
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back]
}
