import { github } from '@spa-dance/providers/github'
import { expect } from 'vitest'
import { verifier, type Rig } from './harness.ts'

export const tokenUrl = 'github.com/login/oauth/access_token'
export const expiring = { access_token: 'gho_1', token_type: 'bearer', expires_in: 28_800 }
export const rotating = { ...expiring, refresh_token: 'ghr_1' }
export const github1 = { provider: github(), clientId: 'gh-id', clientSecret: 'gh-SECRET' }

export type Init = Parameters<Rig['post']>[2]

export const redeem = (r: Rig, code: string, more: Record<string, string> = {}, init: Init = {}) =>
  r.post(
    '/github/token',
    { grant_type: 'authorization_code', code, code_verifier: verifier, ...more },
    init,
  )

export const refresh = (
  r: Rig,
  handle: string,
  init: Init = {},
  more: Record<string, string> = {},
) => r.post('/github/token', { grant_type: 'refresh_token', refresh_token: handle, ...more }, init)

/** Signs in, and gives the reply with the nonce that came with it. */
export async function signIn(r: Rig, init: Init = {}) {
  const answer = await redeem(r, await r.code('github', { code: 'upstream-code' }), {}, init)
  expect(answer.status).toBe(200)
  const nonce = answer.headers.get('dpop-nonce') ?? undefined
  return { ...(await answer.json()), nonce } as Record<string, string> & { expires_in?: number }
}

export const errorOf = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  (await answer.json()).error,
]
