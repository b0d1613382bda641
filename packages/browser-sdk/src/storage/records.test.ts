import { describe, expect, test } from 'vitest'
import { createKeyPair } from '../dpop/key.ts'
import { isFlow, isStoredSession } from './records.ts'
import { someSession } from './storage.contract.ts'

const session = await someSession('a 1')
const flow = {
  v: 1,
  state: 's',
  client: 'c',
  context: 'x',
  redirectUri: 'u',
  verifier: 'v',
  scopes: [],
  returnTo: '/',
  created: 1,
  keys: await createKeyPair(),
}

test('what was written can be read', () => {
  expect(isStoredSession(session)).toBe(true)
  expect(isFlow(flow)).toBe(true)
})

describe('B-40: not read', () => {
  const { tokens } = session
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'x'],
    ['a later version', { ...session, v: 2 }],
    ['no account', { ...session, account: undefined }],
    ['no tokens', { ...session, tokens: null }],
    ['an empty token', { ...session, tokens: { ...tokens, accessToken: '' } }],
    ['a strange kind of token', { ...session, tokens: { ...tokens, tokenType: 'mac' } }],
    ['scopes that are none', { ...session, tokens: { ...tokens, scopes: 'a b' } }],
    ['an end that is no time', { ...session, tokens: { ...tokens, expiresAt: 'soon' } }],
    ['no receipt', { ...session, tokens: { ...tokens, issuedAt: Number.NaN } }],
    ['a place that is no text', { ...session, apiOrigin: 7 }],
    ['half a subject', { ...session, subject: { iss: 'x' } }],
    ['a profile of numbers', { ...session, profile: { id: 7 } }],
    ['a key that is none', { ...session, keys: { privateKey: {}, publicKey: {} } }],
  ])('a session with %s', (_what, value) => {
    expect(isStoredSession(value)).toBe(false)
  })

  test.each<[string, unknown]>([
    ['no verifier', { ...flow, verifier: undefined }],
    ['no time', { ...flow, created: '1' }],
    ['a later version', { ...flow, v: 2 }],
    ['a key that is none', { ...flow, keys: {} }],
  ])('a login under way with %s', (_what, value) => {
    expect(isFlow(value)).toBe(false)
  })
})
