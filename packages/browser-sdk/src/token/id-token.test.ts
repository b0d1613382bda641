import { describe, expect, test, vi } from 'vitest'
import { base64Url, digest } from '../crypto/text.ts'
import { checkIdToken, type IdExpectation } from './id-token.ts'

const now = Math.floor(Date.now() / 1000)
const part = (value: unknown): string => base64Url(new TextEncoder().encode(JSON.stringify(value)))
const token = (claims: object, header: object = { alg: 'RS256' }): string =>
  `${part(header)}.${part(claims)}.sig`

const good = { iss: 'https://op.example', sub: 'u', aud: 'me', exp: now + 60, iat: now, nonce: 'n' }
const direct: IdExpectation = {
  client: 'op',
  issuer: 'https://op.example',
  nonce: 'n',
  direct: { clientId: 'me', accessToken: 'access' },
}

test('a good token gives its claims, with names of any alphabet', async () => {
  await expect(checkIdToken(token({ ...good, name: 'Žofie' }), direct)).resolves.toMatchObject({
    sub: 'u',
    name: 'Žofie',
  })
  await expect(
    checkIdToken(token({ ...good, aud: ['me', 'x'], azp: 'me' }), direct),
  ).resolves.toBeDefined()
})

test('a hash of the access token is compared where it is there', async () => {
  const hash = base64Url((await digest('access')).slice(0, 16))
  await expect(checkIdToken(token({ ...good, at_hash: hash }), direct)).resolves.toBeDefined()
  await expect(checkIdToken(token({ ...good, at_hash: 'x' }), direct)).rejects.toThrow('at_hash')
})

describe('B-29: refused', () => {
  test.each<[string, string]>([
    ['another issuer', token({ ...good, iss: 'https://op.example/' })],
    ['no sub', token({ ...good, sub: '' })],
    ['a sub that is no text', token({ ...good, sub: 1 })],
    ['another audience', token({ ...good, aud: 'you' })],
    ['no audience', token({ ...good, aud: undefined })],
    ['several audiences without azp', token({ ...good, aud: ['me', 'you'] })],
    ['another azp', token({ ...good, azp: 'you' })],
    ['its end', token({ ...good, exp: now - 61 })],
    ['no end', token({ ...good, exp: undefined })],
    ['an end that is no number', token({ ...good, exp: '9999999999' })],
    ['the future', token({ ...good, iat: now + 700 })],
    ['no iat', token({ ...good, iat: undefined })],
    ['another nonce', token({ ...good, nonce: 'm' })],
    ['no nonce', token({ ...good, nonce: undefined })],
    ['alg none', token(good, { alg: 'none' })],
    ['alg NONE', token(good, { alg: 'NONE' })],
    ['no alg', token(good, {})],
    ['two parts', 'a.b'],
    ['no JSON', 'a.b.c'],
    ['an array', `${part([])}.${part([])}.x`],
    ['null', `${part(null)}.${part(null)}.x`],
    ['a hash of an unknown algorithm', token({ ...good, at_hash: 'x' }, { alg: 'XX' })],
  ])('%s', async (_what, idToken) => {
    await expect(checkIdToken(idToken, direct)).rejects.toMatchObject({ code: 'id-token-invalid' })
  })
})

test('from the exchange only what the page can know is checked', async () => {
  const { direct: _, ...viaExchange } = direct
  await expect(checkIdToken(token({ ...good, aud: 'its own' }), viaExchange)).resolves.toBeDefined()
  for (const wrong of [{ iss: 'x' }, { nonce: 'x' }, { exp: 1 }, { sub: '' }]) {
    await expect(checkIdToken(token({ ...good, ...wrong }), viaExchange)).rejects.toMatchObject({
      code: 'id-token-invalid',
    })
  }
})

test('a clock one minute slow does no harm', async () => {
  vi.useFakeTimers({ now: (good.exp + 59) * 1000 })
  await expect(checkIdToken(token(good), direct)).resolves.toBeDefined()
  vi.useRealTimers()
})

test('B-29: what the declaration wants has to be there, to the letter', async () => {
  const wanted: IdExpectation = { ...direct, claims: { hd: 'example.com' } }
  await expect(checkIdToken(token({ ...good, hd: 'example.com' }), wanted)).resolves.toBeDefined()
  for (const hd of [undefined, 'evil.example', 'Example.com', ['example.com']]) {
    await expect(checkIdToken(token({ ...good, hd }), wanted)).rejects.toThrow('its hd is another')
  }
})
