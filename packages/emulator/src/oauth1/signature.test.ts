import { describe, expect, it } from 'vitest'
import { hmacSha1, percentEncode, signatureBaseString, type Pair } from './signature.ts'

const credentials = (
  consumerKey: string,
  timestamp: string,
  nonce: string,
  token?: string,
): Pair[] => [
  ['oauth_consumer_key', consumerKey],
  ...(token === undefined ? [] : [['oauth_token', token] as const]),
  ['oauth_signature_method', 'HMAC-SHA1'],
  ['oauth_timestamp', timestamp],
  ['oauth_nonce', nonce],
]

const dpf = 'dpf43f3p2l4k3l03'

const tweet = (path: string): Parameters<typeof signatureBaseString> => [
  'post',
  new URL(`https://${path}/statuses/update.json?include_entities=true`),
  [
    ['status', 'Hello Ladies + Gentlemen, a signed OAuth request!'],
    ['include_entities', 'true'],
    ['oauth_version', '1.0'],
    ...credentials(
      'xvz1evFS4wEEPTGEFPHBog',
      '1318622958',
      'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
    ),
  ],
]
const tweetSecrets = [
  'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
  'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
] as const

describe('the signature', () => {
  it.each([
    [
      'RFC 5849 §1.2, initiate',
      'POST',
      'https://photos.example.net/initiate',
      [
        ...credentials(dpf, '137131200', 'wIjqoS'),
        ['oauth_callback', 'http://printer.example.com/ready'],
      ] as Pair[],
      '',
      '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
    ],
    [
      'RFC 5849 §1.2, token',
      'POST',
      'https://photos.example.net/token',
      [
        ...credentials(dpf, '137131201', 'walatlh', 'hh5s93j4hdidpola'),
        ['oauth_verifier', 'hfdp7dh39dks9884'],
      ] as Pair[],
      'hdhd0244k9j7ao03',
      'gKgrFCywp7rO0OXSjdot/IHF7IU=',
    ],
    [
      'RFC 5849 §1.2, photos',
      'GET',
      'http://photos.example.net/photos?file=vacation.jpg&size=original',
      [
        ...credentials(dpf, '137131202', 'chapoH', 'nnch734d00sl2jdk'),
        ['file', 'vacation.jpg'],
        ['size', 'original'],
      ] as Pair[],
      'pfkkdhi9sl3r4s00',
      'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
    ],
  ])('is that of %s', async (_what, method, url, pairs, tokenSecret, expected) => {
    const baseString = signatureBaseString(method, new URL(url), pairs)
    expect(await hmacSha1(baseString, 'kd94hf93k423kf44', tokenSecret)).toBe(expected)
  })

  it.each([
    ['api.twitter.com/1.1', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='],
    ['api.twitter.com/1', 'tnnArxj06cWHq44gCs1OSKk/jLY='],
    ['api.x.com/1.1', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='],
  ])("is that of Twitter's own example at %s", async (path, expected) => {
    expect(await hmacSha1(signatureBaseString(...tweet(path)), ...tweetSecrets)).toBe(expected)
  })
})

describe('the base string', () => {
  it('is that of RFC 5849 §3.4.1.1', () => {
    const url = new URL('http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b')
    const pairs: Pair[] = [
      ...url.searchParams,
      ...new URLSearchParams('c2&a3=2+q'),
      ...credentials('9djdj82h48djs9d2', '137131201', '7d8f3e4a', 'kkk9d7dh3k39sjv7'),
    ]
    expect(signatureBaseString('POST', url, pairs)).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D' +
        '%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f' +
        '3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3D' +
        'kkk9d7dh3k39sjv7',
    )
  })

  it.each([
    ['http://EXAMPLE.COM:80/r%20v/X?id=123', 'http://example.com/r%20v/X'],
    ['https://www.example.net:8080/?q=1', 'https://www.example.net:8080/'],
    ['http://h:443/', 'http://h:443/'],
    ['http://h', 'http://h/'],
  ])('makes %s into %s', (url, expected) => {
    const [, base] = signatureBaseString('GET', new URL(url), []).split('&')
    expect(decodeURIComponent(base ?? '')).toBe(expected)
  })

  it('encodes all but the unreserved characters', () => {
    expect(percentEncode("aZ0-._~!*'() é日😀+&=%")).toBe(
      'aZ0-._~%21%2A%27%28%29%20%C3%A9%E6%97%A5%F0%9F%98%80%2B%26%3D%25',
    )
  })
})
