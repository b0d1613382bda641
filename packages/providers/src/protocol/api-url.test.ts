import { describe, expect, it } from 'vitest'
import { apiUrl } from './api-url.ts'

const api = {
  baseUrl: 'https://api.example.com/1.1/',
  alsoAllowed: ['https://uploads.example.com/media/', 'https://id.example.com/userinfo'],
  cors: true,
}

describe('a URL of an API call', () => {
  it.each([
    ['user', 'https://api.example.com/1.1/user'],
    ['/user', 'https://api.example.com/1.1/user'],
    ['', 'https://api.example.com/1.1/'],
    ['user?q=a%2Fb#part', 'https://api.example.com/1.1/user?q=a%2Fb'],
    [
      'search?next=https://x.example/y',
      'https://api.example.com/1.1/search?next=https://x.example/y',
    ],
    ['https://api.example.com/1.1/a', 'https://api.example.com/1.1/a'],
    ['https://uploads.example.com/media/1', 'https://uploads.example.com/media/1'],
    ['https://id.example.com/userinfo?x=1', 'https://id.example.com/userinfo?x=1'],
    ['a..b/c', 'https://api.example.com/1.1/a..b/c'],
  ])('takes %j', (input, expected) => {
    expect(apiUrl(api, input)).toEqual({ url: new URL(expected) })
  })

  it.each([
    'https://evil.example/user',
    'http://api.example.com/1.1/user',
    'https://api.example.com:444/1.1/user',
    'https://api.example.com/oauth/token',
    'https://api.example.com/1.1',
    'https://api.example.com/1.10/user',
    'https://api.example.com@evil.example/1.1/',
    'https://user@api.example.com/1.1/user',
    'https://api.example.com.evil.example/1.1/',
    'https://uploads.example.com/other',
    'https://id.example.com/userinfo/more',
    '//evil.example/user',
    '/\\evil.example',
    '\\\\evil.example',
    '\t//evil.example',
    'us er',
    'a\r\nX: 1',
    '../../oauth/token',
    '%2e%2e/%2e%2e/oauth/token',
    '/..%2f../x/..',
    'a/./b',
    'javascript:alert(1)',
    'data:text/plain,x',
    'blob:https://api.example.com/1',
    'HTTPS://evil.example',
  ])('refuses %j, with the reason', (input) => {
    expect(apiUrl(api, input)).toEqual({ refused: expect.any(String) })
  })
})
