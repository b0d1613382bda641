import type { Registration } from '@spa-dance/emulator'
import type { ExchangeClient } from '@spa-dance/exchange-server'
import type { Provider } from '@spa-dance/providers'
import { register } from '../../demo/server/registration.ts'
import { clientIdOf, rows, type ProviderRow } from './provider-table.ts'

/** What a provider is told of the app: no secret, where the page itself is the client. */
function registrationOf(
  { id, route, provider }: ProviderRow,
  appUrl: string,
  exchangeUrl: string,
): Registration {
  const clientId = clientIdOf(id)
  return route === 'direct'
    ? { clientId, redirectUris: [`${appUrl}/callback/${id}`] }
    : {
        ...register(clientId, provider).atProvider,
        redirectUris: [`${exchangeUrl}/${id}/callback`],
      }
}

/** The apps of the whole table, by the emulated provider. */
export const registrationsOf = (
  appUrl: string,
  exchangeUrl: string,
): Readonly<Record<string, readonly Registration[]>> =>
  Object.fromEntries(
    rows.map(({ provider: { id } }) => [
      id,
      rows
        .filter(({ provider }) => provider.id === id)
        .map((row) => registrationOf(row, appUrl, exchangeUrl)),
    ]),
  )

/** What the exchange knows of a row's client. */
export const exchangeClient = (id: string, provider: Provider): ExchangeClient =>
  register(clientIdOf(id), provider).atExchange
