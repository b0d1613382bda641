import { discord } from '@spa-dance/providers/discord'
import { authorizationUrl, tokenRequest } from '@spa-dance/providers/protocol'
import { setupWorker } from 'msw/browser'
import { expect, it } from 'vitest'
import { createEmulator, emulatorHandlers } from './msw.ts'
import { callback, challenge, destination, verifier } from './testing-internal/dance.ts'

it('answers a page at real addresses, from a worker', async () => {
  const provider = discord()
  const emulator = createEmulator({
    registrations: { discord: [{ clientId: 'app', redirectUris: [callback] }] },
  })
  const worker = setupWorker(...emulatorHandlers(emulator))
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass' })
  try {
    emulator.control.approveNext('discord')
    const request = {
      clientId: 'app',
      redirectUri: callback,
      state: 'a state',
      scopes: ['identify'],
      codeChallenge: challenge,
    }
    const redirect = await emulator.fetch(authorizationUrl(provider, request))
    const { url, ...init } = tokenRequest(
      provider,
      { clientId: 'app' },
      {
        type: 'authorization_code',
        code: destination(redirect).searchParams.get('code') ?? '',
        redirectUri: callback,
        codeVerifier: verifier,
      },
    )
    const reply = await fetch(url, init)
    const { access_token: token } = await reply.json()
    const headers = { authorization: `Bearer ${token}` }
    const me = await fetch('https://discord.com/api/v10/users/@me', { headers })
    expect(await me.json()).toMatchObject({ username: 'ada-lovelace', global_name: 'Ada Lovelace' })
  } finally {
    await worker.stop()
    const registrations = await navigator.serviceWorker.getRegistrations()
    await Promise.all(registrations.map((registration) => registration.unregister()))
  }
})
