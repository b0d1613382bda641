import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../index.ts'
import { at, callback, get, post, setUp, url, type SetUp } from '../testing-internal/dance.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicKey = String(pair.publicKey.export({ type: 'spki', format: 'pem' }))

const start = (): SetUp =>
  setUp({ apple: [{ clientId: 'com.example.web', publicKey, redirectUris: [callback] }] })

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A client secret, signed by the tests' own code. */
function secretOf(emulator: SetUp, change: object = {}, header: object = {}, key = pair): string {
  const iat = Math.floor(emulator.now() / 1000)
  const claims = { iss: 'TEAM123456', sub: 'com.example.web', aud: 'https://appleid.apple.com' }
  const signed = [
    encode({ alg: 'ES256', kid: 'KEY1234567', ...header }),
    encode({ ...claims, iat, exp: iat + 300, ...change }),
  ].join('.')
  const signature = createSign('SHA256')
    .update(signed)
    .sign({ key: key.privateKey, dsaEncoding: 'ieee-p1363' }, 'base64url')
  return `${signed}.${signature}`
}

const authorizeUrl = (change: Record<string, string> = {}): string =>
  `${at('apple', '', '/auth/authorize')}?${String(
    new URLSearchParams({
      response_type: 'code',
      response_mode: 'form_post',
      client_id: 'com.example.web',
      redirect_uri: callback,
      scope: 'openid name email',
      state: 'a "state"',
      nonce: 'n',
      ...change,
    }),
  )}`

/** Answers the consent page, and reads the form that the browser would post to the app. */
async function answer(emulator: SetUp, decision: 'approve' | 'decline') {
  const page = await (await get(emulator, authorizeUrl())).text()
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const origin = at('apple', '', '')
  const form = { request, decision, person: 'ada' }
  const reply = await post(emulator, `${origin}/_emulator/consent`, form, { origin })
  const text = (await reply.text()).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
  const fields = [...text.matchAll(/name="(\w+)" value="(.*)">/g)]
  return {
    status: reply.status,
    action: /action="([^"]+)"/.exec(text)?.[1],
    fields: Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value])),
  }
}

const redeem = async (emulator: SetUp, form: Record<string, string>, secret?: string) => {
  const reply = await post(emulator, at('apple', '', '/auth/token'), {
    client_id: 'com.example.web',
    client_secret: secret ?? secretOf(emulator),
    ...form,
  })
  return { status: reply.status, body: await reply.json() }
}
const codeForm = (code = ''): Record<string, string> => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: callback,
})

describe('the dance with Apple', () => {
  it('comes back by a form, with the name on the first time only', async () => {
    const emulator = start()
    const first = await answer(emulator, 'approve')
    expect(first).toMatchObject({ status: 200, action: callback })
    expect(first.fields['state']).toBe('a "state"')
    expect(JSON.parse(first.fields['user'] ?? '')).toEqual({
      name: { firstName: 'Ada', lastName: 'Lovelace' },
      email: 'ada@example.com',
    })
    expect((await answer(emulator, 'approve')).fields).not.toHaveProperty('user')
  })

  it('says who it is in the ID token, also at a refresh, which keeps the refresh token', async () => {
    const emulator = start()
    const { fields } = await answer(emulator, 'approve')
    const { body } = await redeem(emulator, codeForm(fields['code']))
    const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1], 'base64url').toString())
    expect(claims).toMatchObject({
      iss: 'http://apple.localhost:4180',
      aud: 'com.example.web',
      nonce: 'n',
      email: 'ada@example.com',
      email_verified: 'true',
    })
    const form = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
    const again = await redeem(emulator, form)
    expect(again.body).toHaveProperty('id_token')
    expect(again.body).not.toHaveProperty('refresh_token')
    const revoke = at('apple', '', '/auth/revoke')
    const proof = { client_id: 'com.example.web', client_secret: secretOf(emulator) }
    expect((await post(emulator, revoke, { ...proof, token: body.refresh_token })).status).toBe(200)
    expect((await redeem(emulator, form)).status).toBe(400)
  })

  it('says by a form that the person declined', async () => {
    const { fields } = await answer(start(), 'decline')
    expect(fields).toEqual({ error: 'user_cancelled_authorize', state: 'a "state"' })
  })
})

describe('strictness', () => {
  it('gives name and address by a form only', async () => {
    expect((await get(start(), authorizeUrl({ response_mode: 'query' }))).status).toBe(400)
    const plain = await get(start(), authorizeUrl({ response_mode: 'query', scope: 'openid' }))
    expect(plain.status).toBe(200)
  })

  it.each([
    ['of another audience', { aud: 'https://apple.localhost' }, {}],
    ['for another app', { sub: 'com.example.other' }, {}],
    ['of nobody', { iss: undefined }, {}],
    ['that has ended', { iat: 1, exp: 2 }, {}],
    ['that lives for a year', { exp: Date.UTC(2027, 10, 23) / 1000 }, {}],
    ['without the id of its key', {}, { kid: undefined }],
    ['of no signature', {}, { alg: 'none' }],
  ])('takes no secret %s', async (_what, change, header) => {
    const emulator = start()
    const { fields } = await answer(emulator, 'approve')
    const form = codeForm(fields['code'])
    const refused = await redeem(emulator, form, secretOf(emulator, change, header))
    expect(refused).toEqual({ status: 400, body: { error: 'invalid_client' } })
    expect((await redeem(emulator, form)).status).toBe(200)
  })

  it('takes no secret by another key, nor plain text', async () => {
    const emulator = start()
    for (const secret of [secretOf(emulator, {}, {}, other), 'apple-secret', 'a.b.c']) {
      expect((await redeem(emulator, codeForm('c'), secret)).body).toEqual({
        error: 'invalid_client',
      })
    }
  })

  it('knows no app without a public key', () => {
    const apple = [{ clientId: 'a', clientSecret: 's', redirectUris: [callback] }]
    expect(() => createEmulator({ url, registrations: { apple } })).toThrow('needs a publicKey')
  })
})
