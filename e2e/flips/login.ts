import assert from 'node:assert/strict'
import { createDance, memoryStorage, type Dance } from '@spa-dance/browser-sdk'
import type { Params, Provider } from '@spa-dance/providers'
import type { ProviderRow } from '../support/provider-table.ts'
import type { Browser, Network } from './browser.ts'
import { danceClient, exchangeUrl, origin, type Providers } from './site.ts'

/** What a dance is danced with. */
export interface Stage {
  readonly row: ProviderRow
  readonly provider: Provider
  readonly browser: Browser
  readonly providers: Providers
  /** How docs/conformance.md has it that the app proves itself. */
  readonly proof: string
  readonly connect: (network: Network) => void
}

const start = '/deep/page?q=1'

export interface LoginOptions {
  readonly decision?: 'decline'
  readonly scopes?: readonly string[]
  readonly loginHint?: string
  readonly params?: Params
  /** For how long the answer is on its way, in ms. */
  readonly late?: number
}

/** What one login has come to. */
export interface Login {
  readonly dance: Dance
  readonly error?: { readonly code: string } | undefined
  /** What the app heard of it before any API was asked. */
  readonly heard?: { readonly scopes: readonly string[]; readonly account?: string } | undefined
}

/** Sends a person to the provider and back, as a page does. */
export async function login(
  stage: Stage,
  { decision, late = 0, ...options }: LoginOptions = {},
): Promise<Login> {
  const { row, provider, browser, providers } = stage
  const { id } = row
  if (decision) providers.control.denyNext(row.provider.id)
  else providers.control.approveNext(row.provider.id)
  const open = (): Dance =>
    createDance({
      exchange: exchangeUrl,
      clients: { [id]: danceClient(id, provider) },
      storage: memoryStorage(),
    })
  await browser.comeBack(origin + start)
  const before = open()
  const failed = before.login(id, options).then(
    () => Promise.reject(new Error('the login is done before it has begun')),
    (error: unknown) => Promise.reject(error),
  )
  const url = await Promise.race([browser.left(), failed])
  failed.catch(() => undefined)
  before.destroy()
  await browser.comeBack(url)
  providers.clock.ahead = late
  const dance = open()
  let heard: Login['heard']
  dance.on('authorized', (told) => void (heard = told))
  const ready = await dance.ready
  assert.deepEqual([ready?.client, ready?.returnTo], [id, start], 'where the login ends')
  return { dance, error: ready?.error, heard }
}
