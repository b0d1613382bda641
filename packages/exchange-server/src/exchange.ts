import type { OAuth2Provider } from '@spa-dance/providers'
import type {
  ClientConfig,
  ExchangeConfig,
  OAuth1ClientConfig,
  OAuth2ClientConfig,
} from './config/types.ts'
import { webCrypto } from './crypto/web.ts'
import type { ExchangeCrypto } from './crypto/types.ts'
import { createNonces, type Nonces } from './dpop/nonce.ts'
import { createLimits, type Limits } from './guards/limits.ts'
import { createSlots, type Slots } from './guards/slots.ts'
import { createSigner, type Signer } from './oauth1/sign.ts'
import { createSealer, type Sealer } from './seal/seal.ts'
import { sharedStore, type SharedStore } from './store/shared.ts'
import type { ExchangeOptions, Transport } from './types.ts'
import { createJsonCache, type JsonCache } from './upstream/json-cache.ts'
import { resolveProvider } from './upstream/resolve.ts'

/** What the routes work with. */
export interface Exchange {
  readonly config: ExchangeConfig
  readonly transport: Transport
  readonly crypto: ExchangeCrypto
  readonly store: SharedStore
  readonly limits: Limits
  readonly slots: Slots
  readonly addressOf: ExchangeOptions['addressOf']
  readonly waitUntil: ExchangeOptions['waitUntil']
  readonly sealer: Sealer
  readonly nonces: Nonces
  readonly documents: JsonCache
  /** The client's declaration with all its endpoints. */
  resolve(client: OAuth2ClientConfig): Promise<OAuth2Provider>
  signer(client: OAuth1ClientConfig): Signer
}

/** One request to one client. */
export interface Call {
  readonly request: Request
  readonly client: ClientConfig
  /** The request target as it was sent, where the platform can say: it begins with the path. */
  readonly target: string
  /** Keeps the slot of this call beyond its handler. @returns what gives it back */
  readonly keepSlot: () => () => void
}

/** Puts the parts together. */
export function createExchange(config: ExchangeConfig, options: ExchangeOptions): Exchange {
  const transport: Transport = options.fetch ?? ((url, init) => fetch(url, init))
  const crypto = options.crypto ?? webCrypto()
  const store = sharedStore(options.store)
  const documents = createJsonCache(transport)
  const signers = new Map<string, Signer>()
  return {
    config,
    transport,
    crypto,
    documents,
    store,
    limits: createLimits(store, config.rateLimit),
    slots: createSlots(config.maxConcurrent),
    addressOf: options.addressOf,
    waitUntil: options.waitUntil,
    sealer: createSealer(config.sealKeys, crypto),
    nonces: createNonces(config.sealKeys, crypto),
    resolve: (client) => resolveProvider(client, documents, config.hosts),
    signer(client) {
      const known = signers.get(client.name)
      if (known) return known
      const signer = createSigner(client, crypto)
      signers.set(client.name, signer)
      return signer
    },
  }
}
