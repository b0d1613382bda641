import { createEmulator, type Emulator, type EmulatorOptions } from '../index.ts'

export const url = 'http://localhost:4180'
export const callback = 'https://app.example.com/callback'
export const verifier = 'correct-horse-battery-staple-correct-horse-battery'
/** Of `verifier`; computed by OpenSSL. */
export const challenge = 'iCfwzxHXiMcDHq3YTGg_zp-9q9hW85BxYh13b8fApZQ'

const registrations: EmulatorOptions['registrations'] = {
  github: [
    { clientId: 'gh', clientSecret: 'gh-secret', redirectUris: [callback], name: 'Dance <demo>' },
    { clientId: 'gh-2', clientSecret: 'gh-2-secret', redirectUris: [callback] },
  ],
  discord: [
    { clientId: 'dc', redirectUris: [callback] },
    { clientId: 'dc-confidential', clientSecret: 'dc-secret', redirectUris: [callback] },
  ],
  twitter: [
    { clientId: 'tw', clientSecret: 'tw-secret', redirectUris: [callback] },
    { clientId: 'tw-2', clientSecret: 'tw-2-secret', redirectUris: [callback] },
  ],
}

/** An emulator whose clock stands still until `wait` moves it. */
export function setUp(
  more: EmulatorOptions['registrations'] = {},
): Emulator & { now: () => number; wait: (seconds: number) => void } {
  let now = Date.UTC(2026, 10, 23, 12)
  const all = { ...registrations, ...more }
  const emulator = createEmulator({ url, registrations: all, now: () => now })
  return { ...emulator, now: () => now, wait: (seconds) => void (now += seconds * 1000) }
}

export type SetUp = ReturnType<typeof setUp>

/** Where a host of a provider is emulated: `at('github', 'api-github-com', '/user')`. */
export const at = (provider: string, label: string, path: string): string =>
  url.replace('://', `://${label && `${label}.`}${provider}.`) + path

export const get = (
  { fetch }: Emulator,
  address: string,
  headers: Record<string, string> = {},
): Promise<Response> => fetch(new Request(address, { headers }))

export const post = (
  { fetch }: Emulator,
  address: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(new Request(address, { method: 'POST', body: new URLSearchParams(form), headers }))

const withQuery = (address: string, query: Record<string, string>): string =>
  `${address}?${String(new URLSearchParams(query))}`

/** The URL that a response sends the browser to. */
export function destination(response: Response): URL {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`no redirect but ${response.status}`)
  return new URL(location)
}

/** Opens a consent page and answers it as a browser would. */
export async function answerConsent(
  emulator: Emulator,
  address: string,
  decision: 'approve' | 'decline' = 'approve',
  person = 'ada',
): Promise<URL> {
  const page = await (await get(emulator, address)).text()
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1]
  if (request === undefined) throw new Error('this is no consent page')
  const { origin } = new URL(address)
  return destination(
    await post(emulator, `${origin}/_emulator/consent`, { request, decision, person }, { origin }),
  )
}

export const githubAuthorize = (query: Record<string, string> = {}): string =>
  withQuery(at('github', '', '/login/oauth/authorize'), {
    client_id: 'gh',
    redirect_uri: callback,
    scope: 'read:user user:email',
    state: 'a state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...query,
  })

export const discordAuthorize = (query: Record<string, string> = {}): string =>
  withQuery(at('discord', '', '/oauth2/authorize'), {
    response_type: 'code',
    client_id: 'dc',
    redirect_uri: callback,
    scope: 'identify email',
    state: 'a state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...query,
  })

const tokenEndpoints = {
  github: at('github', '', '/login/oauth/access_token'),
  discord: at('discord', '', '/api/oauth2/token'),
}

const clients = {
  github: { client_id: 'gh', client_secret: 'gh-secret' },
  discord: { client_id: 'dc' },
}

type OAuth2 = keyof typeof clients

/** A token request with JSON as the answer. An override of `undefined` leaves the parameter out. */
export async function requestToken(
  emulator: Emulator,
  provider: OAuth2,
  form: Record<string, string | undefined>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const all = Object.entries({ ...clients[provider], ...form })
  const sent = Object.fromEntries(
    all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  const response = await post(emulator, tokenEndpoints[provider], sent, {
    accept: 'application/json',
  })
  return { status: response.status, body: await response.json() }
}

export async function redeem(
  emulator: Emulator,
  provider: OAuth2,
  code: string,
  form: Record<string, string | undefined> = {},
): ReturnType<typeof requestToken> {
  return requestToken(emulator, provider, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    ...form,
  })
}

export const refresh = (
  emulator: Emulator,
  provider: OAuth2,
  token: unknown,
): ReturnType<typeof requestToken> =>
  requestToken(emulator, provider, {
    grant_type: 'refresh_token',
    refresh_token: String(token),
  })

/** The whole dance: the token endpoint's answer. */
export async function dance(
  emulator: Emulator,
  provider: OAuth2,
  person = 'ada',
): Promise<Record<string, unknown>> {
  const address = provider === 'github' ? githubAuthorize() : discordAuthorize()
  const back = await answerConsent(emulator, address, 'approve', person)
  return (await redeem(emulator, provider, back.searchParams.get('code') ?? '')).body
}

export const bearer = (token: unknown): Record<string, string> => ({
  authorization: `Bearer ${String(token)}`,
})
