import { expect, test } from 'vitest'
import { scopesAfter, scopesToAsk } from './scopes.ts'

const ada = { account: 'ada', scopes: ['read'] }
const bob = { account: 'bob', scopes: ['read', 'long-name-of-mail'], asked: ['read', 'mail'] }

test.each<[string, Parameters<typeof scopesToAsk>[2], string[]]>([
  ['a plain login asks for what the client does', {}, ['own']],
  ['scopes are added to those of the active account', { scopes: ['write'] }, ['read', 'write']],
  ['what is there already is asked for once', { scopes: ['read'] }, ['read']],
  ['an account keeps its own', { account: 'ada' }, ['read', 'own']],
  [
    'under the names that they were asked for',
    { account: 'bob', scopes: ['write'] },
    ['read', 'mail', 'write'],
  ],
  ['a choice of accounts keeps none', { scopes: ['write'], prompt: 'select_account' }, ['write']],
  ['an account that is gone has none', { account: 'eve', scopes: ['write'] }, ['write']],
])('%s', (_what, options, asked) => {
  expect(scopesToAsk([ada, bob], ['own'], options)).toEqual(asked)
})

test('a reply without scopes grants what was asked for', () => {
  expect(scopesAfter(ada, ['read', 'write'], undefined)).toEqual(['read', 'write'])
})

test('a reply that names none grants none', () => {
  expect(scopesAfter(ada, ['read', 'write'], [])).toEqual([])
})

test('a reply that names only what is new leaves what was had', () => {
  expect(scopesAfter(ada, ['read', 'write'], ['write'])).toEqual(['read', 'write'])
})

test('a reply that names some of what was had is believed', () => {
  expect(scopesAfter(bob, ['read', 'mail', 'write'], ['read', 'write'])).toEqual(['read', 'write'])
})

test('a login that asked for less has less', () => {
  expect(scopesAfter(ada, ['other'], ['other'])).toEqual(['other'])
  expect(scopesAfter(undefined, ['other'], ['other'])).toEqual(['other'])
})
