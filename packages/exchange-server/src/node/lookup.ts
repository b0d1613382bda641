import dns from 'node:dns'
import { BlockList, type LookupFunction } from 'node:net'
import { isLoopback, type HostPolicy } from '../guards/provider-host.ts'

/** Addresses that no public provider has (RFC 6890 and the registries that it began). */
const reserved = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  reserved.addSubnet(net, prefix, 'ipv4')
}
for (const [net, prefix] of [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  reserved.addSubnet(net, prefix, 'ipv6')
}

/** Whether an address lies in a private network, on this machine, or nowhere. */
export function isPrivateAddress(address: string): boolean {
  if (!address.includes(':')) return reserved.check(address, 'ipv4')
  // Behind DNS64 public hosts have these (RFC 6052 §2.1): the IPv4 address is in the last 32 bits.
  const [, high, low = ''] = /^64:ff9b::(?:([\da-f]{1,4}):)?([\da-f]{1,4})$/i.exec(address) ?? []
  if (low === '') return reserved.check(address, 'ipv6')
  const bits = (Number.parseInt(high ?? '0', 16) << 16) | Number.parseInt(low, 16)
  const bytes = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255)
  return reserved.check(bytes.join('.'), 'ipv4')
}

/**
 * Resolves names for a connection about to be made, and refuses private addresses. As the very
 * address that was checked is the one connected to, a name that changes its mind gains nothing.
 */
export function guardedLookup({ allowPrivate, loopback }: HostPolicy): LookupFunction {
  return (hostname, options, callback) => {
    const name = hostname.toLowerCase().replace(/\.$/, '')
    // `localhost` and everything below it is this machine (RFC 6761 §6.3), whatever DNS says.
    if (isLoopback(name) && (loopback || allowPrivate.has(name))) {
      if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }])
      else callback(null, '127.0.0.1', 4)
      return
    }
    dns.lookup(hostname, options, (error, found, family) => {
      if (error) callback(error, found, family)
      else if (allowPrivate.has(name) || !listOf(found).some(isPrivateAddress)) {
        callback(null, found, family)
      } else callback(privateAddress(`${name} resolves to a private address`), '', 0)
    })
  }
}

const listOf = (found: string | readonly dns.LookupAddress[]): readonly string[] =>
  typeof found === 'string' ? [found] : found.map(({ address }) => address)

/** What a refused connection fails with: the code is what the log shows. */
export const privateAddress = (problem: string): NodeJS.ErrnoException =>
  Object.assign(
    new Error(`[dance-exchange] ${problem}: if it is yours, name it in allowPrivate.`),
    { code: 'PRIVATE_ADDRESS' },
  )
