import { describe, expect, it } from 'vitest'
import { answerConsent, at, callback, get, setUp, type SetUp } from '../testing-internal/dance.ts'
import { send, sign, type Signing } from '../testing-internal/signer.ts'

const requestUrl = at('twitter', '', '/oauth/request_token')
const accessUrl = at('twitter', '', '/oauth/access_token')
const meUrl = at('twitter', '', '/2/users/me?user.fields=profile_image_url')
const authorizeUrl = (token: string, page = 'authorize'): string =>
  `${at('twitter', '', `/oauth/${page}`)}?oauth_token=${token}`

const asking = (emulator: SetUp, oauth: Record<string, string> = {}): Signing => ({
  method: 'POST',
  address: requestUrl,
  now: emulator.now(),
  oauth: { oauth_callback: callback, ...oauth },
})

interface Credentials {
  readonly token: string
  readonly tokenSecret: string
}

async function read(response: Response): Promise<URLSearchParams> {
  expect(response.status).toBe(200)
  return new URLSearchParams(await response.text())
}

const credentials = (reply: URLSearchParams): Credentials => ({
  token: reply.get('oauth_token') ?? '',
  tokenSecret: reply.get('oauth_token_secret') ?? '',
})

const request = async (emulator: SetUp): Promise<Credentials> =>
  credentials(await read(await send(emulator, asking(emulator))))

const redeeming = (emulator: SetUp, temporary: Credentials, verifier: string): Signing => ({
  method: 'POST',
  address: accessUrl,
  now: emulator.now(),
  ...temporary,
  oauth: { oauth_verifier: verifier },
})

async function dance(emulator: SetUp, person = 'ada'): Promise<Credentials> {
  const temporary = await request(emulator)
  const back = await answerConsent(emulator, authorizeUrl(temporary.token), 'approve', person)
  const verifier = back.searchParams.get('oauth_verifier') ?? ''
  return credentials(await read(await send(emulator, redeeming(emulator, temporary, verifier))))
}

const reading = (emulator: SetUp, held: Credentials, address = meUrl): Signing => ({
  address,
  now: emulator.now(),
  ...held,
})

describe('the dance with Twitter', () => {
  it('goes from the request token to the API', async () => {
    const emulator = setUp()
    const first = await read(await send(emulator, asking(emulator)))
    expect(first.get('oauth_callback_confirmed')).toBe('true')
    const temporary = credentials(first)

    const back = await answerConsent(emulator, authorizeUrl(temporary.token), 'approve', 'grace')
    expect(back.origin + back.pathname).toBe(callback)
    expect(back.searchParams.get('oauth_token')).toBe(temporary.token)
    const verifier = back.searchParams.get('oauth_verifier') ?? ''

    const second = await read(await send(emulator, redeeming(emulator, temporary, verifier)))
    expect(second.get('screen_name')).toBe('grace_hopper')
    const held = credentials(second)
    const me = await (await send(emulator, reading(emulator, held))).json()
    expect(me.data).toMatchObject({
      id: second.get('user_id'),
      name: 'Grace Hopper',
      username: 'grace_hopper',
    })
    const picture = await get(emulator, me.data.profile_image_url)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })

  it('says denied after a decline, and the request token is spent', async () => {
    const emulator = setUp()
    const { token } = await request(emulator)
    const back = await answerConsent(emulator, authorizeUrl(token), 'decline')
    expect([...back.searchParams]).toEqual([['denied', token]])
    expect((await get(emulator, authorizeUrl(token))).status).toBe(403)
  })

  it('reads the profile of version 1.1, and posts', async () => {
    const emulator = setUp()
    const held = await dance(emulator)
    const path = '/1.1/account/verify_credentials.json?include_email=true'
    const profile = await send(emulator, reading(emulator, held, at('twitter', '', path)))
    expect(await profile.json()).toMatchObject({
      screen_name: 'ada_lovelace',
      email: 'ada@example.com',
    })
    const post = await send(emulator, {
      ...reading(emulator, held, at('twitter', '', '/2/tweets')),
      method: 'POST',
      json: { text: 'Hello Ladies + Gentlemen' },
    })
    expect(post.status).toBe(201)
    expect(await post.json()).toMatchObject({ data: { text: 'Hello Ladies + Gentlemen' } })
  })

  it('skips a consent that was given before on the authenticate page only', async () => {
    const emulator = setUp()
    await dance(emulator)
    const { token } = await request(emulator)
    const cookie = { cookie: 'emulator_person=ada' }
    expect((await get(emulator, authorizeUrl(token), cookie)).status).toBe(200)
    const forced = `${authorizeUrl(token, 'authenticate')}&force_login=true`
    expect((await get(emulator, forced, cookie)).status).toBe(200)
    const stranger = { cookie: 'emulator_person=grace' }
    expect((await get(emulator, authorizeUrl(token, 'authenticate'), stranger)).status).toBe(200)
    const passed = await get(emulator, authorizeUrl(token, 'authenticate'), cookie)
    expect(passed.headers.get('location')).toContain('oauth_verifier=')
  })

  it('gives credentials back by a signed request', async () => {
    const emulator = setUp()
    const held = await dance(emulator)
    const address = at('twitter', '', '/1.1/oauth/invalidate_token')
    const gone = await send(emulator, { ...reading(emulator, held, address), method: 'POST' })
    expect(gone.status).toBe(200)
    expect((await send(emulator, reading(emulator, held))).status).toBe(401)
  })
})

describe('strictness in signed requests', () => {
  it.each([
    ['a wrong consumer secret', { secret: 'no' }, 401, 32],
    ['an unknown consumer', { key: 'who' }, 401, 32],
    ['a callback that is not registered', { oauth: { oauth_callback: `${callback}/` } }, 403, 415],
    ['no callback', { oauth: {} }, 403, 415],
    ['another version', { oauth: { oauth_version: '2.0' } }, 400, 215],
    ['another method', { oauth: { oauth_signature_method: 'PLAINTEXT' } }, 400, 215],
    ['an empty nonce', { oauth: { oauth_nonce: '' } }, 400, 215],
    ['a timestamp that is no number', { oauth: { oauth_timestamp: 'now' } }, 400, 215],
  ])('refuses %s', async (_what, change, status, code) => {
    const emulator = setUp()
    const reply = await send(emulator, { ...asking(emulator), ...change })
    expect(reply.status).toBe(status)
    expect(await reply.json()).toMatchObject({ errors: [{ code }] })
  })

  it.each([301, -301])('refuses a clock that is %i seconds off', async (seconds) => {
    const emulator = setUp()
    const signing = { ...asking(emulator), now: emulator.now() + seconds * 1000 }
    expect(await (await send(emulator, signing)).json()).toMatchObject({ errors: [{ code: 135 }] })
  })

  it('refuses the same request a second time', async () => {
    const emulator = setUp()
    const header = sign(asking(emulator))
    expect((await send(emulator, asking(emulator), header)).status).toBe(200)
    expect((await send(emulator, asking(emulator), header)).status).toBe(401)
  })

  it('takes the same nonce under another timestamp', async () => {
    const emulator = setUp()
    const once = { oauth_nonce: 'once' }
    expect((await send(emulator, asking(emulator, once))).status).toBe(200)
    emulator.wait(1)
    expect((await send(emulator, asking(emulator, once))).status).toBe(200)
  })

  it.each([
    ['query', 'GET', `${meUrl}&x=1`],
    ['path', 'GET', meUrl.replace('/2/users/me', '/1.1/account/verify_credentials.json')],
    ['host', 'GET', meUrl.replace('twitter.', 'api-twitter-com.twitter.')],
  ] as const)('refuses a %s that was changed after signing', async (_what, method, address) => {
    const emulator = setUp()
    const signing = { ...reading(emulator, await dance(emulator)), method }
    const reply = await send(emulator, { ...signing, address }, sign(signing))
    expect(reply.status).toBe(401)
  })

  it('refuses a form body that was changed after signing', async () => {
    const emulator = setUp()
    const held = await dance(emulator)
    const address = at('twitter', '', '/1.1/oauth/invalidate_token')
    const signing: Signing = { ...reading(emulator, held, address), method: 'POST' }
    const changed = await send(emulator, { ...signing, form: { a: 'b' } }, sign(signing))
    expect(changed.status).toBe(401)
    const signed = await send(emulator, { ...signing, form: { a: 'b c+d', é: '*' } })
    expect(signed.status).toBe(200)
  })

  it.each([
    ['repeated', (header: string): string => `${header}, oauth_token="x", oauth_token="y"`],
    ['unreadable', (header: string): string => `${header}, oauth_x`],
  ])('refuses %s protocol parameters', async (_what, change) => {
    const emulator = setUp()
    const header = change(sign(asking(emulator)))
    expect((await send(emulator, asking(emulator), header)).status).toBe(400)
  })

  it('refuses protocol parameters in two places', async () => {
    const emulator = setUp()
    const signing = { ...asking(emulator), address: `${requestUrl}?oauth_token=` }
    expect((await send(emulator, signing)).status).toBe(400)
  })

  it('refuses a wrong verifier, and a request token that nobody agreed to', async () => {
    const emulator = setUp()
    const temporary = await request(emulator)
    expect((await send(emulator, redeeming(emulator, temporary, ''))).status).toBe(401)
    await answerConsent(emulator, authorizeUrl(temporary.token))
    expect((await send(emulator, redeeming(emulator, temporary, 'no'))).status).toBe(401)
  })

  it('spends a request token once, and lets it die after ten minutes', async () => {
    const emulator = setUp()
    const temporary = await request(emulator)
    const back = await answerConsent(emulator, authorizeUrl(temporary.token))
    const verifier = back.searchParams.get('oauth_verifier') ?? ''
    const spend = (): Promise<Response> => send(emulator, redeeming(emulator, temporary, verifier))
    expect((await spend()).status).toBe(200)
    expect((await spend()).status).toBe(401)

    const late = await request(emulator)
    const agreed = await answerConsent(emulator, authorizeUrl(late.token))
    emulator.wait(600)
    expect((await get(emulator, authorizeUrl(late.token))).status).toBe(403)
    const lateVerifier = agreed.searchParams.get('oauth_verifier') ?? ''
    expect((await send(emulator, redeeming(emulator, late, lateVerifier))).status).toBe(401)
  })

  it("refuses another consumer's token", async () => {
    const emulator = setUp()
    const other = { key: 'tw-2', secret: 'tw-2-secret' }
    const held = await dance(emulator)
    expect((await send(emulator, { ...reading(emulator, held), ...other })).status).toBe(401)
    expect((await send(emulator, reading(emulator, held))).status).toBe(200)
  })

  it('answers 401 to a bearer, and nothing to pages', async () => {
    const emulator = setUp()
    const origin = 'https://app.example.com'
    const reply = await get(emulator, meUrl, { authorization: 'Bearer x', origin })
    expect(reply.status).toBe(401)
    expect(reply.headers.has('access-control-allow-origin')).toBe(false)
    const preflight = await emulator.fetch(
      new Request(meUrl, { method: 'OPTIONS', headers: { origin } }),
    )
    expect(preflight.status).toBe(405)
    expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
  })
})
