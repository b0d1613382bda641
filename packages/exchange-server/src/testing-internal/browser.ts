import type { RunningEmulator } from '@spa-dance/emulator/node'
import { expect } from 'vitest'
import { ath, challenge, cookieOf, dpop, verifier } from './harness.ts'
import { localhostFetch } from './localhost-fetch.ts'

/** As `emulated.config.ts` lists it. */
export const page = 'http://app.localhost:7777'

/** A token reply, with the nonce that came along. */
export interface Tokens {
  readonly access_token: string
  readonly token_type: string
  readonly refresh_token: string
  readonly nonce: string
}

/** A browser with a key of its own, before an exchange that is really there. */
export type Browser = Awaited<ReturnType<typeof openBrowser>>

/**
 * @param baseUrl the exchange's
 * @param emulator which plays the providers: people agree at once
 * @param ca a certificate to trust, as PEM
 */
export async function openBrowser(
  baseUrl: string,
  { control }: Pick<RunningEmulator, 'control'>,
  ca?: string,
) {
  const key = await dpop()
  const { fetch, close } = localhostFetch(ca)

  const post = async (
    path: string,
    form: Record<string, string>,
    { nonce, proof, signal }: { nonce?: string; proof?: string; signal?: AbortSignal } = {},
  ): Promise<Response> =>
    fetch(baseUrl + path, {
      method: 'POST',
      ...(signal && { signal }),
      headers: {
        origin: page,
        'content-type': 'application/x-www-form-urlencoded',
        dpop:
          proof ?? (await key.proof('POST', baseUrl + path, nonce === undefined ? {} : { nonce })),
      },
      body: new URLSearchParams({ client_id: 'spa', ...form }).toString(),
    })

  /** From the click to the code. */
  const code = async (client: string): Promise<string> => {
    control.approveNext(client)
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'spa',
      redirect_uri: `${page}/callback/${client}`,
      state: 'page-state',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    const sent = await fetch(`${baseUrl}/${client}/authorize?${query}`, {})
    const there = await fetch(sent.headers.get('location') ?? 'no location', {})
    const cookie = cookieOf(sent)
    const back = await fetch(there.headers.get('location') ?? 'no location', {
      headers: { cookie },
    })
    const home = new URL(back.headers.get('location') ?? 'no location')
    expect(home.origin + home.pathname).toBe(`${page}/callback/${client}`)
    expect(home.searchParams.get('iss')).toBe(`${baseUrl}/${client}`)
    expect(home.searchParams.get('state')).toBe('page-state')
    return home.searchParams.get('code') ?? ''
  }
  const redeem = (client: string, one: string): Promise<Response> =>
    post(`/${client}/token`, {
      grant_type: 'authorization_code',
      code: one,
      code_verifier: verifier,
    })
  const refresh = (client: string, { refresh_token, nonce }: Tokens): Promise<Response> =>
    post(`/${client}/token`, { grant_type: 'refresh_token', refresh_token }, { nonce })

  return {
    key,
    post,
    code,
    redeem,
    refresh,
    close,
    fetch: (path: string, init: RequestInit = {}): Promise<Response> => fetch(baseUrl + path, init),
    /** The whole way to tokens. */
    signIn: async (client: string): Promise<Tokens> =>
      tokensOf(await redeem(client, await code(client))),
    /** A call through the relay. */
    async relay(client: string, path: string, { access_token, nonce }: Tokens): Promise<Response> {
      const address = `${baseUrl}/${client}/api/${path}`
      return fetch(address, {
        headers: {
          origin: page,
          authorization: `DPoP ${access_token}`,
          dpop: await key.proof('GET', address, { nonce, ath: await ath(access_token) }),
        },
      })
    },
  }
}

/** The tokens of an answer that has to be a good one. */
export async function tokensOf(answer: Response): Promise<Tokens> {
  const reply: Omit<Tokens, 'nonce'> = await answer.json()
  expect([answer.status, reply]).toEqual([200, expect.anything()])
  return { ...reply, nonce: answer.headers.get('dpop-nonce') ?? '' }
}
