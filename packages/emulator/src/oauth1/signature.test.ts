import { describe, expect, it } from 'vitest'
import { hmac, percentEncode, signatureBaseString, verifyRsa, type Pair } from './signature.ts'

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
    expect(await hmac('SHA-1', baseString, 'kd94hf93k423kf44', tokenSecret)).toBe(expected)
  })

  it.each([
    ['api.twitter.com/1.1', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='],
    ['api.twitter.com/1', 'tnnArxj06cWHq44gCs1OSKk/jLY='],
    ['api.x.com/1.1', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='],
  ])("is that of Twitter's own example at %s", async (path, expected) => {
    expect(await hmac('SHA-1', signatureBaseString(...tweet(path)), ...tweetSecrets)).toBe(expected)
  })
})

/** Of RFC 5849 §3.4.1.1. */
const example =
  'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D' +
  '%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f' +
  '3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3D' +
  'kkk9d7dh3k39sjv7'

describe('the signatures of oauthlib, made by openssl', () => {
  it.each([
    ['SHA-1', 'wsdNmjGB7lvis0UJuPAmjvX/PXw='],
    ['SHA-256', 'wdfdHUKXHbOnOGZP8WFAWMSAmWzN3EVBWWgXGlC/Eo4='],
  ] as const)('are those by a secret and %s', async (hash, expected) => {
    const secrets = ['ECrDNoq1VYzzzzzzzzzyAK7TwZNtPnkqatqZZZZ', 'just-a-string    asdasd'] as const
    expect(await hmac(hash, example, ...secrets)).toBe(expected)
  })

  const publicKey = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDk1/bxyS8Q8jiheHeYYp/4rEKJopeQRRKKpZI4s5i+UPwVpupGAlwXWfzX
wSMaKPAoKJNdu7tqKRniqst5uoHXw98gj0x7zamu0Ck1LtQ4c7pFMVah5IYGhBi2E9ycNS329W27nJPWNCbESTu7snVlG8V8
mfvGGg3xNjTMO7IdrwIDAQAB
-----END PUBLIC KEY-----`
  const bySha1 =
    'mFY2KOEnlYWsTvUA+5kxuBIcvBYXu+ljw9ttVJQxKduMueGSVPCB1tK1PlqVLK738HK0t19ecBJfb6rMxUwrriw+MlBO+' +
    'jpojkZIWccw1J4cAb4qu4M81DbpUAq4j/1w/QyTR4TWCODlEfN7Zfgy8+pf+TjiXfIwRC1jEWbuL1E='
  const bySha256 =
    'jqKl6m0WS69tiVJV8ZQ6aQEfJqISoZkiPBXRv6Al2+iFSaDpfeXjYm+Hbx6m1azRdrZ/35PM3cvuid3LwW/siAkzb0xQ' +
    'cGnTyAPH8YcGWzmnKGY7LsB7fkqThchNxvRK/N7s9M1WMnfZZ+1dQbbwtTs1TG1+iexUcV7r3M7Heec='

  it('O-13: are those by a key, each with its own hash', async () => {
    expect(await verifyRsa('SHA-1', example, bySha1, publicKey)).toBe(true)
    expect(await verifyRsa('SHA-256', example, bySha256, publicKey)).toBe(true)
    expect(await verifyRsa('SHA-256', example, bySha1, publicKey)).toBe(false)
    expect(await verifyRsa('SHA-256', `${example}x`, bySha256, publicKey)).toBe(false)
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
    expect(signatureBaseString('POST', url, pairs)).toBe(example)
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
