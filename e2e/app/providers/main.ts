import { createDance, type DanceClient } from '@spa-dance/browser-sdk'
import { emulated } from '@spa-dance/emulator/emulated'
import { clientIdOf, rows } from '../../support/provider-table.ts'

// Filled in by the server of this page, see support/provider-site.ts.
declare const __EMULATOR__: string
declare const __EXCHANGE__: string

const clientOf = ({ id, provider }: (typeof rows)[number]): DanceClient => {
  const there = emulated(provider, __EMULATOR__)
  if (there.protocol === 'oauth1') return { provider: there }
  return there.route === 'direct'
    ? { provider: there, clientId: clientIdOf(id) }
    : { provider: there }
}

window.dance = createDance({
  exchange: __EXCHANGE__,
  clients: Object.fromEntries(rows.map((row) => [row.id, clientOf(row)])),
})
