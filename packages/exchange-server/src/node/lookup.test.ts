import dns from 'node:dns'
import { createServer, type AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { guardedLookup, isPrivateAddress } from './lookup.ts'
import { nodeTransport } from './transport.ts'

afterEach(() => void vi.restoreAllMocks())

/** A DNS that answers as it is told, one answer after the other, the last one for ever. */
function fakeDns(...answers: string[][]): void {
  const fake = (_host: string, options: dns.LookupAllOptions, callback: Function): void => {
    const found = (answers.length > 1 ? answers.shift() : answers[0]) ?? []
    const all = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) callback(null, all)
    else callback(null, all[0]?.address, all[0]?.family)
  }
  vi.spyOn(dns, 'lookup').mockImplementation(fake as unknown as typeof dns.lookup)
}

const nobody = { allowPrivate: new Set<string>(), loopback: false }
const lookup = (host: string, policy = nobody, options: object = { all: true }) =>
  promisify(guardedLookup(policy))(host, options) as Promise<unknown>

describe('addresses', () => {
  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b::7f00:1',
    '64:ff9b::1',
    '64:ff9b:1::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '2002:7f00:1::',
  ])('X-22: %s is private', (address) => expect(isPrivateAddress(address)).toBe(true))

  it.each([
    '93.184.216.34',
    '172.32.0.1',
    '192.0.1.1',
    '2606:2800:220:1::1',
    '::ffff:93.184.216.34',
    '64:ff9b::5db8:d822',
  ])('%s is public', (address) => expect(isPrivateAddress(address)).toBe(false))
})

describe('a lookup', () => {
  it('X-22: refuses a public name with a private address, also beside a public one', async () => {
    for (const found of [['10.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['93.184.216.34', '::1']]) {
      fakeDns(found)
      await expect(lookup('rebind.example')).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
    }
    fakeDns(['10.0.0.1'])
    await expect(lookup('rebind.example', nobody, {})).rejects.toMatchObject({
      code: 'PRIVATE_ADDRESS',
    })
  })

  it('X-22: looks again each time, so a name that changes its mind is caught', async () => {
    fakeDns(['93.184.216.34'], ['127.0.0.1'])
    await expect(lookup('rebind.example')).resolves.toEqual([
      { address: '93.184.216.34', family: 4 },
    ])
    await expect(lookup('rebind.example')).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
  })

  it('X-22: gives private addresses to the hosts that are named', async () => {
    const policy = { ...nobody, allowPrivate: new Set(['jira.corp']) }
    fakeDns(['10.0.0.1'])
    await expect(lookup('jira.corp', policy)).resolves.toHaveLength(1)
    await expect(lookup('JIRA.corp.', policy)).resolves.toHaveLength(1)
    await expect(lookup('x.jira.corp', policy)).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
  })
})

describe('a connection', () => {
  it('X-22: is never made to this machine by a name that resolves to it, nor by its address', async () => {
    let connections = 0
    const decoy = createServer((socket) => {
      connections += 1
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await new Promise((listening) => decoy.once('listening', listening))
    const { port } = decoy.address() as AddressInfo
    const strict = nodeTransport()
    const named = nodeTransport({ allowPrivate: ['rebind.example'] })
    try {
      fakeDns(['127.0.0.1'])
      await expect(strict.fetch(`https://rebind.example:${port}/`, {})).rejects.toMatchObject({
        code: 'PRIVATE_ADDRESS',
      })
      for (const host of ['127.0.0.1', 'localhost', 'x.localhost', '2130706433', '[::1]']) {
        await expect(strict.fetch(`https://${host}:${port}/`, {})).rejects.toMatchObject({
          code: 'PRIVATE_ADDRESS',
        })
      }
      expect(connections).toBe(0)
      // The guard alone made the difference: the same name, allowed, does connect.
      await expect(named.fetch(`https://rebind.example:${port}/`, {})).rejects.not.toMatchObject({
        code: 'PRIVATE_ADDRESS',
      })
      expect(connections).toBeGreaterThan(0)
    } finally {
      await strict.close()
      await named.close()
      await new Promise((closed) => decoy.close(closed))
    }
  })
})
