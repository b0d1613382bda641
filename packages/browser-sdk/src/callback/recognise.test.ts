import { discord } from '@spa-dance/providers/discord'
import { github } from '@spa-dance/providers/github'
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { readAnswer } from './answer.ts'
import { recognise } from './recognise.ts'

const origin = 'https://app.example'
const config = readConfig(
  {
    exchange: 'https://auth.example',
    clients: { github: { provider: github() }, discord: { provider: discord(), clientId: 'x' } },
  },
  origin,
)
const at = (rest: string): ReturnType<typeof recognise> => recognise(config, origin + rest)

test.each([
  '/promo?code=SAVE10',
  '/promo?code=a&state=b',
  '/callback/github',
  '/callback/github?code=SAVE10',
  '/callback/github/?code=a&state=b',
  '/callback/gitlab?code=a&state=b',
  '/callback/github#/route?state=1',
])('B-20: %s is the app’s own', (url) => {
  expect(at(url)).toBeUndefined()
})

test.each([
  ['?code=a&state=b', ''],
  ['?error=access_denied&state=b', ''],
  ['?code=a&state=b#/route', '#/route'],
  ['?code=a&state=b#_=_', ''],
  ['#access_token=a&state=b', ''],
])('B-16, B-18: %s leaves the URL, and %s stays', (rest, hash) => {
  const callback = at(`/callback/github${rest}`)
  expect(callback?.client.name).toBe('github')
  expect(callback?.cleanUrl).toBe(`/callback/github${hash}`)
})

test.each([
  ['?code=a&code=b&state=s', 'twice'],
  ['?code=a&state=s&state=t', 'twice'],
  ['?code=a&state=s&iss=a&iss=a', 'twice'],
  ['?code=a&state=s&oauth_token=1&oauth_token=2', 'twice'],
  ['?code=a&error=b&state=s', 'a code and an error'],
  ['?code=a&state=', 'no state'],
  ['?code=a&state=s&access_token=t', 'token in its URL'],
  ['?state=s#code=a', 'fragment'],
  [`?state=s&code=${'a'.repeat(20_000)}`, 'too long'],
])('B-15, B-16: %s is refused', (rest, reason) => {
  const callback = at(`/callback/github${rest}`)
  expect(callback).toBeDefined()
  expect(() => callback && readAnswer(callback)).toThrow(reason)
})

test('B-17: whatever the URL holds, only an error of ours comes out', () => {
  const bits = [
    '%',
    '%zz',
    '%25zz',
    '=',
    '&',
    '#',
    '?',
    ';',
    'state=',
    'code=',
    'é',
    '\u0000',
    '%00',
    '[',
    '__proto__=1&',
  ]
  let seed = 7
  const next = (n: number): number => (seed = (seed * 16_807) % 2_147_483_647) % n
  for (let n = 0; n < 5_000; n++) {
    const rest = Array.from({ length: next(12) }, () => bits[next(bits.length)]).join('')
    const callback = at(`/callback/github?state=s&code=c&${rest}`)
    if (!callback) continue
    try {
      readAnswer(callback)
    } catch (error) {
      expect(error).toMatchObject({ name: 'DanceError', code: 'callback-invalid' })
    }
  }
})

test('B-19: foreign words are cut, and a strange error code is none', () => {
  const description = `<img onerror=x>\u0000${'a'.repeat(1_000)}`
  const query = new URLSearchParams({ state: 's', error: 'a"b', error_description: description })
  const callback = at(`/callback/github?${query}`)
  const answer = callback && readAnswer(callback)
  expect(answer?.error).toBe('server_error')
  expect(answer?.description).toHaveLength(512)
  expect(answer?.description).not.toContain('\u0000')
})
