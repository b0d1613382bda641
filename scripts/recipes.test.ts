import { readFileSync } from 'node:fs'
import { custom } from '@spa-dance/providers/custom'
import { apiUrl, readProfile, readTokenReply } from '@spa-dance/providers/protocol'
import type { OAuth1Provider, OAuth2Provider } from '@spa-dance/providers'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../docs/custom-providers.md', import.meta.url), 'utf8')

/** What a block of the page declares, run as it stands there. */
const recipes = new Map(
  [...page.matchAll(/^```ts\n(?:[^`]*\n)?export const (\w+) = (custom\([^`]*\))\n```$/gm)].map(
    ([, name = '', code = '']) => [
      name,
      // oxlint-disable-next-line no-implied-eval -- the page is the project's own
      new Function('custom', `return ${code}`)(custom) as OAuth1Provider | OAuth2Provider,
    ],
  ),
)
const recipe = (name: string): OAuth2Provider => recipes.get(name) as OAuth2Provider

/** Who it is, as the service says it. */
const people: Readonly<Record<string, unknown>> = {
  acme: { id: 7, full_name: 'Ada' },
  bitbucket: {
    uuid: '{7}',
    display_name: 'Ada',
    links: { avatar: { href: 'https://a.example/' } },
  },
  linear: { data: { viewer: { id: '7', name: 'Ada', avatarUrl: null } } },
  figma: { id: '7', handle: 'Ada' },
  tumblr: { response: { user: { name: 'Ada' } } },
  flickr: { user: { id: '7', username: { _content: 'Ada' } } },
  discogs: { id: 7, username: 'Ada' },
  dexcom: { userId: '7' },
}

it('finds each recipe of the page', () => {
  expect([...recipes.keys()].toSorted()).toEqual(Object.keys(people).toSorted())
})

it.each([...recipes])('declares %s so that it can work, and reads who it is', (name, provider) => {
  const { profile, api } = provider
  expect(provider.id).toBe(name)
  if (!profile) throw new Error('there is no profile')
  expect(apiUrl(api, profile.path)).toHaveProperty('url')
  expect(readProfile(profile, people[name])?.id).toMatch(/^(7|\{7\}|Ada)$/)
})

it('reads replies that are otherwise than all others', () => {
  const reply = { access_token: 'a', refresh_token: 'r', scopes: 'account email' }
  expect(readTokenReply(recipe('bitbucket'), 200, JSON.stringify(reply))).toMatchObject({
    tokens: { scopes: ['account', 'email'] },
  })
  expect(readTokenReply(recipe('figma'), 200, JSON.stringify(reply))).not.toHaveProperty(
    'tokens.refreshToken',
  )
})
