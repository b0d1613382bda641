import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../index.ts'
import {
  answerConsent,
  at,
  callback,
  get,
  setUp,
  url,
  type SetUp,
} from '../testing-internal/dance.ts'
import { send, sign, type Signing } from '../testing-internal/signer.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (key: typeof pair.publicKey): string =>
  String(key.export({ type: 'spki', format: 'pem' }))

const start = (): SetUp =>
  setUp({ jira: [{ clientId: 'dance', publicKey: pem(pair.publicKey), redirectUris: [callback] }] })

const oauthAt = (path: string, context = '/jira'): string =>
  at('jira', '', `${context}/plugins/servlet/oauth/${path}`)
const restAt = (path: string, context = '/jira'): string =>
  at('jira', '', `${context}/rest/api/2/${path}`)

const signing = (emulator: SetUp, more: Partial<Signing> & { address: string }): Signing => ({
  now: emulator.now(),
  key: 'dance',
  privateKey: pair.privateKey,
  ...more,
})
const asking = (emulator: SetUp, more: Partial<Signing> = {}, context?: string): Signing =>
  signing(emulator, {
    method: 'POST',
    address: oauthAt('request-token', context),
    oauth: { oauth_callback: callback },
    ...more,
  })

const read = async (response: Response): Promise<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(await response.text()))

async function request(emulator: SetUp, context?: string): Promise<string> {
  const reply = await read(await send(emulator, asking(emulator, {}, context)))
  expect(reply['oauth_callback_confirmed']).toBe('true')
  return reply['oauth_token'] ?? ''
}

/** The access token's reply. A signature by RSA needs no token secret. */
async function dance(emulator: SetUp, context?: string): Promise<Record<string, string>> {
  const token = await request(emulator, context)
  const consent = `${oauthAt('authorize', context)}?oauth_token=${token}`
  const back = await answerConsent(emulator, consent)
  const verifier = back.searchParams.get('oauth_verifier') ?? ''
  const redeeming = signing(emulator, {
    method: 'POST',
    address: oauthAt('access-token', context),
    token,
    oauth: { oauth_verifier: verifier },
  })
  return read(await send(emulator, redeeming))
}

describe('the dance with JIRA', () => {
  it.each(['', '/jira'])('goes from the request token to the API below "%s"', async (context) => {
    const emulator = start()
    const held = await dance(emulator, context)
    expect(held).toMatchObject({ oauth_expires_in: '157680000' })
    const address = restAt('myself', context)
    const reading = signing(emulator, { address, token: held['oauth_token'] ?? '' })
    const me = await (await send(emulator, reading)).json()
    expect(me).toMatchObject({ key: 'JIRAUSER1815', displayName: 'Ada Lovelace' })
    const picture = await get(emulator, me.avatarUrls['48x48'])
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })

  it('says denied in place of the verifier after a decline', async () => {
    const emulator = start()
    const token = await request(emulator)
    const back = await answerConsent(
      emulator,
      `${oauthAt('authorize')}?oauth_token=${token}`,
      'decline',
    )
    expect([...back.searchParams]).toEqual([
      ['oauth_token', token],
      ['oauth_verifier', 'denied'],
    ])
  })

  it('takes JSON only where it writes', async () => {
    const emulator = start()
    const token = (await dance(emulator))['oauth_token'] ?? ''
    const writing = signing(emulator, { method: 'POST', address: restAt('issue'), token })
    expect((await send(emulator, { ...writing, form: { fields: 'x' } })).status).toBe(415)
    expect((await send(emulator, { ...writing, json: { fields: {} } })).status).toBe(201)
  })
})

describe('strictness in requests signed by RSA', () => {
  it.each([
    ['HMAC', { privateKey: undefined }, 'signature_method_rejected'],
    ['another key', { privateKey: other.privateKey }, 'signature_invalid'],
    ['an unknown consumer', { key: 'who' }, 'consumer_key_unknown'],
  ])('refuses %s', async (_what, change, problem) => {
    const emulator = start()
    const reply = await send(emulator, { ...asking(emulator), ...change } as Signing)
    expect(reply.status).toBe(401)
    expect(await read(reply)).toEqual({ oauth_problem: problem })
  })

  it('refuses HMAC by the public key, which anyone can have', async () => {
    const emulator = start()
    const { privateKey: _, ...unsigned } = asking(emulator)
    const oauth = { oauth_callback: callback, oauth_signature_method: 'RSA-SHA1' }
    const reply = await send(emulator, { ...unsigned, secret: pem(pair.publicKey), oauth })
    expect(await read(reply)).toEqual({ oauth_problem: 'signature_invalid' })
  })

  it('refuses a signature over another request, and the same request twice', async () => {
    const emulator = start()
    const header = sign(asking(emulator))
    const elsewhere = asking(emulator, { address: `${oauthAt('request-token')}?a=b` })
    expect((await send(emulator, elsewhere, header)).status).toBe(401)
    expect((await send(emulator, asking(emulator), header)).status).toBe(200)
    expect(await read(await send(emulator, asking(emulator), header))).toEqual({
      oauth_problem: 'nonce_used',
    })
  })

  it('answers nothing to pages', async () => {
    const headers = { origin: 'https://app.example.com' }
    const options = new Request(restAt('myself'), { method: 'OPTIONS', headers })
    expect((await start().fetch(options)).headers.has('access-control-allow-origin')).toBe(false)
  })
})

it.each([undefined, '', 'AAAA', pem(pair.publicKey).replaceAll('PUBLIC', 'PRIVATE')])(
  'wants the public key of an app, and not %s',
  (publicKey) => {
    const registration = { clientId: 'dance', clientSecret: 'x', redirectUris: [callback] }
    const jira = [{ ...registration, ...(publicKey !== undefined && { publicKey }) }]
    expect(() => createEmulator({ url, registrations: { jira } })).toThrow(
      /registrations.jira\[0\] needs a publicKey: .*-pubout/,
    )
  },
)
