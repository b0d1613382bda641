import { createHmac, createVerify, generateKeyPairSync } from 'node:crypto'
import { twitter } from '@spa-dance/providers/twitter'
import { describe, expect, it } from 'vitest'
import { webCrypto } from '../crypto/web.ts'
import { nodeCrypto } from '../node/crypto.ts'
import type { OAuth1ClientConfig } from '../config/types.ts'
import { oracleBaseString } from '../testing-internal/rfc5849.ts'
import { authorizationHeader, baseString } from './base-string.ts'
import { parsePairs, percentEncode, unsignable, type Pair } from './params.ts'
import { privateKeyProblem } from './private-key.ts'
import { createClock } from './clock.ts'
import { createAuthorization, createSignature } from './sign.ts'

const hmac = (text: string, secret: string, tokenSecret = ''): string =>
  createHmac('sha1', `${percentEncode(secret)}&${percentEncode(tokenSecret)}`)
    .update(text)
    .digest('base64')

const sign = (
  method: string,
  address: string,
  oauth: Record<string, string>,
  [secret, tokenSecret]: readonly [string, string?],
  body = '',
): string => {
  const url = new URL(address)
  const pairs = [...(parsePairs(url.search.slice(1)) ?? []), ...(parsePairs(body) ?? [])]
  return hmac(baseString({ method, url, pairs, oauth }), secret, tokenSecret)
}

describe('the signature', () => {
  const photos = (more: Record<string, string>) => ({
    oauth_consumer_key: 'dpf43f3p2l4k3l03',
    oauth_signature_method: 'HMAC-SHA1',
    ...more,
  })

  it('O-1: is that of RFC 5849 §1.2', () => {
    expect(
      sign(
        'POST',
        'https://photos.example.net/initiate',
        photos({
          oauth_timestamp: '137131200',
          oauth_nonce: 'wIjqoS',
          oauth_callback: 'http://printer.example.com/ready',
        }),
        ['kd94hf93k423kf44'],
      ),
    ).toBe('74KNZJeDHnMBp0EMJ9ZHt/XKycU=')
    expect(
      sign(
        'POST',
        'https://photos.example.net/token',
        photos({
          oauth_token: 'hh5s93j4hdidpola',
          oauth_timestamp: '137131201',
          oauth_nonce: 'walatlh',
          oauth_verifier: 'hfdp7dh39dks9884',
        }),
        ['kd94hf93k423kf44', 'hdhd0244k9j7ao03'],
      ),
    ).toBe('gKgrFCywp7rO0OXSjdot/IHF7IU=')
    expect(
      sign(
        'GET',
        'http://photos.example.net/photos?file=vacation.jpg&size=original',
        photos({
          oauth_token: 'nnch734d00sl2jdk',
          oauth_timestamp: '137131202',
          oauth_nonce: 'chapoH',
        }),
        ['kd94hf93k423kf44', 'pfkkdhi9sl3r4s00'],
      ),
    ).toBe('MdpQcU8iPSUjWoN/UDMsK2sui9I=')
  })

  it.each([
    ['https://api.twitter.com/1.1/statuses/update.json', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='],
    ['https://api.twitter.com/1/statuses/update.json', 'tnnArxj06cWHq44gCs1OSKk/jLY='],
    ['https://api.x.com/1.1/statuses/update.json', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='],
  ])('O-1: is that of the documented example at %s', (address, expected) => {
    const oauth = {
      oauth_consumer_key: 'xvz1evFS4wEEPTGEFPHBog',
      oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1318622958',
      oauth_token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      oauth_version: '1.0',
    }
    const secrets = [
      'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    ] as const
    const body = 'status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21'
    expect(sign('POST', `${address}?include_entities=true`, oauth, secrets, body)).toBe(expected)
  })

  it('O-1: has the base string of RFC 5849 §3.4.1.1', () => {
    const url = new URL('http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b')
    const pairs = [...(parsePairs(url.search.slice(1)) ?? []), ...(parsePairs('c2&a3=2+q') ?? [])]
    const oauth = {
      oauth_consumer_key: '9djdj82h48djs9d2',
      oauth_token: 'kkk9d7dh3k39sjv7',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131201',
      oauth_nonce: '7d8f3e4a',
    }
    expect(baseString({ method: 'POST', url, pairs, oauth })).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26' +
        'oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26' +
        'oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    )
  })

  it.each([
    ['http://EXAMPLE.COM:80/r%20v/X?id=123', 'http://example.com/r%20v/X'],
    ['https://www.example.net:8080/?q=1', 'https://www.example.net:8080/'],
    ['http://h:443/', 'http://h:443/'],
    ['https://h', 'https://h/'],
  ])('O-1: names %s as %s (RFC 5849 §3.4.1.2)', (address, expected) => {
    const text = baseString({ method: 'get', url: new URL(address), pairs: [], oauth: {} })
    expect(text.split('&').slice(0, 2)).toEqual(['GET', percentEncode(expected)])
  })

  it('O-1: agrees with an own reading of RFC 5849 on 2,000 random requests', () => {
    const random = generator(20_261_123)
    for (let n = 0; n < 2000; n++) {
      const pairs = Array.from({ length: random(7) }, (): Pair => [
        random(3) ? word(random) : 'twice',
        word(random),
      ])
      const url = new URL(
        `https://API.example.com:${random(2) ? 443 : 8443}/a/${encodeURIComponent(word(random))}?${pairs
          .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
          .join('&')}`,
      )
      const oauth = { oauth_nonce: word(random), oauth_token: word(random), oauth_version: '1.0' }
      const method = ['GET', 'POST', 'DELETE'][random(3)] ?? 'GET'
      const parsed = parsePairs(url.search.slice(1)) ?? []
      expect(parsed).toEqual(pairs)
      expect(baseString({ method, url, pairs: parsed, oauth })).toBe(
        oracleBaseString(method, url.href, Object.entries(oauth)),
      )
    }
  }, 30_000)

  it('O-8: leaves what it is given as it was', () => {
    const oauth = Object.freeze({ oauth_nonce: 'n' })
    const pairs: readonly Pair[] = Object.freeze([Object.freeze(['a', 'b'] as const)])
    baseString({ method: 'GET', url: new URL('https://h/?x=1'), pairs, oauth })
    expect(oauth).toEqual({ oauth_nonce: 'n' })
  })
})

describe('parameters', () => {
  it('are decoded as RFC 5849 §3.4.1.3.1 says, or not at all', () => {
    expect(parsePairs('a=1&&b=2+3&c2&q=a=b=c&f%5Bx%5D=%E6%97%A5')).toEqual([
      ['a', '1'],
      ['b', '2 3'],
      ['c2', ''],
      ['q', 'a=b=c'],
      ['f[x]', '日'],
    ])
    expect(parsePairs('a=%')).toBeUndefined()
    expect(parsePairs('a=%ff')).toBeUndefined()
  })

  it.each(['oauth_token=x', 'oauth%5ftoken=x', 'OAuth_Token=x', '__proto__=x'])(
    'O-3: %s is refused',
    (text) => expect(unsignable(parsePairs(text) ?? [])).toBeDefined(),
  )

  it('are sent in a header that escapes what is no unreserved character', () => {
    expect(authorizationHeader({ oauth_b: 'a"b c', oauth_a: "!*'()" })).toBe(
      'OAuth oauth_a="%21%2A%27%28%29", oauth_b="a%22b%20c"',
    )
  })
})

describe('a signer', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const client = (more: Partial<OAuth1ClientConfig>): OAuth1ClientConfig => ({
    kind: 'oauth1',
    name: 'twitter',
    issuer: 'https://auth.example.com/twitter',
    callbackUri: 'https://auth.example.com/twitter/callback',
    scopes: [],
    allowedScopes: new Set(),
    provider: twitter(),
    consumerKey: 'key',
    secret: 's3cr&t',
    ...more,
  })
  const authorize = (config: OAuth1ClientConfig) =>
    createAuthorization(config, webCrypto(), createClock())
  const read = (header: string): Record<string, string> =>
    Object.fromEntries(
      [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        decodeURIComponent(value),
      ]),
    )
  const request = {
    method: 'POST',
    url: new URL('https://api.x.com/1.1/a?b=c'),
    pairs: [['b', 'c']] as const,
    token: { token: 't', secret: 'ts' },
  }

  it('signs by HMAC-SHA1, as an own verifier finds', async () => {
    const { oauth_signature: signature, ...oauth } = read(await authorize(client({}))(request))
    const text = oracleBaseString('POST', request.url.href, Object.entries(oauth))
    expect(signature).toBe(hmac(text, 's3cr&t', 'ts'))
    expect(oauth['oauth_version']).toBe('1.0')
  })

  it.each(['pkcs8', 'pkcs1'] as const)(
    'O-5: signs by RSA-SHA1 with a %s key, as node:crypto verifies',
    async (type) => {
      const secret = String(privateKey.export({ type, format: 'pem' }))
      expect(privateKeyProblem(secret)).toBeUndefined()
      const provider = { ...twitter(), signature: 'RSA-SHA1' as const }
      const header = await authorize(client({ secret, provider }))(request)
      const { oauth_signature: signature = '', ...oauth } = read(header)
      const text = oracleBaseString('POST', request.url.href, Object.entries(oauth))
      const verify = createVerify('RSA-SHA1').update(text)
      expect(verify.verify(publicKey, signature, 'base64')).toBe(true)
    },
  )

  it('O-13: signs by HMAC-SHA256 as oauthlib and openssl do', async () => {
    const [url, method] = [new URL('http://example.com/request'), 'HMAC-SHA1']
    const oauth = {
      oauth_consumer_key: '9djdj82h48djs9d2',
      oauth_token: 'kkk9d7dh3k39sjv7',
      oauth_signature_method: method,
      oauth_timestamp: '137131201',
      oauth_nonce: '7d8f3e4a',
    }
    const pairs = parsePairs('b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q') ?? []
    const text = baseString({ method: 'POST', url, pairs, oauth })
    for (const crypto of [webCrypto(), nodeCrypto()]) {
      const provider = { ...twitter(), signature: 'HMAC-SHA256' as const }
      const secret = 'ECrDNoq1VYzzzzzzzzzyAK7TwZNtPnkqatqZZZZ'
      const signature = createSignature({ provider, secret }, crypto)
      expect(await signature(text, 'just-a-string    asdasd')).toBe(
        'wdfdHUKXHbOnOGZP8WFAWMSAmWzN3EVBWWgXGlC/Eo4=',
      )
    }
  })

  it.each(['HMAC-SHA256', 'RSA-SHA256'] as const)(
    'O-13: sends a request signed by %s, as node:crypto finds',
    async (method) => {
      const provider = { ...twitter(), signature: method }
      const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
      const secret = method === 'RSA-SHA256' ? pem : 's3cr&t'
      const header = await authorize(client({ secret, provider }))(request)
      const { oauth_signature: signature = '', ...oauth } = read(header)
      expect(oauth['oauth_signature_method']).toBe(method)
      const text = oracleBaseString('POST', request.url.href, Object.entries(oauth))
      if (method === 'RSA-SHA256') {
        const verify = createVerify('RSA-SHA256').update(text)
        expect(verify.verify(publicKey, signature, 'base64')).toBe(true)
      } else {
        const mac = createHmac('sha256', `${percentEncode(secret)}&ts`).update(text)
        expect(signature).toBe(mac.digest('base64'))
      }
    },
  )

  it('O-4: never repeats a nonce', async () => {
    const signer = authorize(client({}))
    const nonces = await Promise.all(
      Array.from({ length: 500 }, async () => read(await signer(request))['oauth_nonce']),
    )
    expect(new Set(nonces).size).toBe(500)
    expect(nonces[0]).toMatch(/^\w{32}$/)
  })

  it('finds a key that is too short, encrypted or none', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    expect(privateKeyProblem(String(short.export({ type: 'pkcs8', format: 'pem' })))).toMatch(
      /2048/,
    )
    expect(privateKeyProblem('nonsense')).toMatch(/PEM/)
  })
})

/** mulberry32: the same cases in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

function word(random: (below: number) => number): string {
  const letters = [
    'a',
    'B',
    '0',
    '-',
    '.',
    '_',
    '~',
    '!',
    '*',
    "'",
    '(',
    ')',
    ' ',
    '+',
    '%',
    '&',
    '=',
    '[',
    ']',
    '/',
    '?',
    '#',
    'é',
    '日',
    '😀',
    'constructor',
  ]
  return Array.from({ length: 1 + random(5) }, () => letters[random(letters.length)]).join('')
}
