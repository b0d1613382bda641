import { answerConsent, callback, challenge, post, verifier, type SetUp } from './dance.ts'

/** One app at one OAuth 2 counterpart: what its requests look like when they are right. */
export interface Party {
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly scope: string
  /** Sent in the body of token requests, such as a secret. */
  readonly credentials: Readonly<Record<string, string>>
  /** Sent with token requests: an Origin, Basic. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What to send otherwise. `undefined` leaves a parameter out. */
export type Change = Readonly<Record<string, string | undefined>>

/** A token endpoint's answer. */
export interface TokenAnswer {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- foreign JSON, compared by the tests
  readonly body: any
}

const changed = (params: Change): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )

/** Where the page sends the person. */
export const authorizeAt = (party: Party, change: Change = {}): string =>
  `${party.authorizeUrl}?${String(
    new URLSearchParams(
      changed({
        response_type: 'code',
        client_id: party.clientId,
        redirect_uri: callback,
        scope: party.scope,
        state: 'a state',
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...change,
      }),
    ),
  )}`

/** A code that a person has agreed to. */
export async function codeFor(
  emulator: SetUp,
  party: Party,
  change: Change = {},
  person = 'ada',
): Promise<string> {
  const back = await answerConsent(emulator, authorizeAt(party, change), 'approve', person)
  return back.searchParams.get('code') ?? ''
}

async function ask(emulator: SetUp, party: Party, form: Change): Promise<TokenAnswer> {
  const sent = changed({ ...party.credentials, ...form })
  const response = await post(emulator, party.tokenUrl, sent, { ...party.headers })
  return { status: response.status, body: await response.json() }
}

/** Redeems a code. */
export const redeemAt = (
  emulator: SetUp,
  party: Party,
  code: string,
  change: Change = {},
): Promise<TokenAnswer> =>
  ask(emulator, party, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    ...change,
  })

/** Uses a refresh token. */
export const refreshAt = (
  emulator: SetUp,
  party: Party,
  token: string,
  change: Change = {},
): Promise<TokenAnswer> =>
  ask(emulator, party, { grant_type: 'refresh_token', refresh_token: token, ...change })

/** The whole dance: the token endpoint's answer. */
export async function danceAt(
  emulator: SetUp,
  party: Party,
  change: Change = {},
  person = 'ada',
): Promise<TokenAnswer> {
  return redeemAt(emulator, party, await codeFor(emulator, party, change, person))
}
