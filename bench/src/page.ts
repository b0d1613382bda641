import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { Sender, Answer, Prepared } from './load.ts'

/** A browser's DPoP key. */
export interface Key {
  proof(method: string, url: string, claims?: Readonly<Record<string, unknown>>): string
}

const origin = 'https://app.example.com'
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

export const sha256 = (text: string): string =>
  createHash('sha256').update(text).digest('base64url')

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export function makeKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' })
  const header = encode({ alg: 'ES256', typ: 'dpop+jwt', jwk: { kty, crv, x, y } })
  return {
    proof(htm, htu, claims = {}) {
      const iat = Math.floor(Date.now() / 1000)
      const text = `${header}.${encode({ htm, htu, iat, jti: randomUUID(), ...claims })}`
      const signature = sign('sha256', Buffer.from(text), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      })
      return `${text}.${signature.toString('base64url')}`
    },
  }
}

/** A form POST of the page. */
export function post(
  path: string,
  form: Readonly<Record<string, string>>,
  proof?: string,
): Prepared {
  return {
    method: 'POST',
    path,
    headers: {
      origin,
      'content-type': 'application/x-www-form-urlencoded',
      ...(proof !== undefined && { dpop: proof }),
    },
    body: new URLSearchParams({ client_id: 'spa', ...form }).toString(),
  }
}

export const redeem = (client: string, code: string, proof?: string): Prepared =>
  post(
    `/${client}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier },
    proof,
  )

export const locationOf = ({ headers }: Answer): URL => new URL(String(headers['location']))

export const cookiesOf = ({ headers }: Answer): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ')

/** Goes `count` times through `/authorize` and `/callback`, as a browser does, up to a code. */
export async function codes(sender: Sender, client: string, count: number): Promise<string[]> {
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: 'spa',
    redirect_uri: `${origin}/callback/${client}`,
    state: 'the state of the page',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const path = `/${client}/authorize?${asked}`
  const starts = Array.from(
    { length: count },
    () => ({ method: 'GET', path, headers: {} }) as const,
  )
  const sent = await sender.send(starts, 303)
  const returns = sent.answers.map((answer) => {
    const { searchParams } = locationOf(answer)
    const token = searchParams.get('oauth_token')
    const back =
      token === null
        ? { code: 'a-code-of-the-provider', state: searchParams.get('state') ?? '' }
        : { oauth_token: token, oauth_verifier: 'a-verifier' }
    const query = new URLSearchParams(back)
    return {
      method: 'GET',
      path: `/${client}/callback?${query}`,
      headers: { cookie: cookiesOf(answer) },
    } as const
  })
  const back = await sender.send(returns, 303)
  return back.answers.map((answer) => locationOf(answer).searchParams.get('code') ?? '')
}
