import type { ClientName } from '@spa-dance/react'

/** Tells the emulated provider that its access tokens are over, as if their time had come. */
export async function expireTokens(provider: ClientName): Promise<void> {
  await fetch(`${import.meta.env.VITE_EMULATOR_URL}/_emulator/expire`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ provider }),
  })
}
