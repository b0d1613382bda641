import { expect, it } from 'vitest'
import { relayTarget } from './target.ts'

const api = {
  baseUrl: 'https://api.example/2/',
  alsoAllowed: ['https://api.example/1.1/', 'https://op.example/me'],
  cors: false,
}
const target = (path: string): string =>
  relayTarget(api, path, { origin: 'https://auth.example', prefix: '/dance/x' }).url.href

it.each([
  ['/dance/x/api/users/me?a=b%20c', 'https://api.example/2/users/me?a=b%20c'],
  ['/dance/x/api/', 'https://api.example/2/'],
  ['/dance/x/api', 'https://api.example/2/'],
  ['/dance/x/api-1/a/b/', 'https://api.example/1.1/a/b/'],
  ['/dance/x/api-2?full=1', 'https://op.example/me?full=1'],
  ['/dance/x/api/a?b=c?d', 'https://api.example/2/a?b=c?d'],
])('sends %s to %s', (path, expected) => expect(target(path)).toBe(expected))

it.each([
  ['/dance/x/api-2/more', 404],
  ['/dance/x/api-3', 404],
  ['/dance/x/api-0', 400],
  ['/dance/y/api/users', 400],
  ['/dance/x/apiary', 400],
])('refuses %s with %i', (path, status) => {
  expect(() => target(path)).toThrow(expect.objectContaining({ status }))
})
