import { discord } from '@spa-dance/providers/discord'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'
import { expectTypeOf, test } from 'vitest'
import { createDance, type Dance, type ReadyResult } from './index.ts'

const make = (): Dance<'github' | 'discord'> =>
  createDance({
    exchange: 'https://auth.example',
    clients: { github: { provider: github() }, discord: { provider: discord(), clientId: 'x' } },
  })

test('names are those of the clients', () => {
  expectTypeOf(make).returns.toEqualTypeOf<Dance<'github' | 'discord'>>()
  expectTypeOf<Parameters<Dance<'github' | 'discord'>['login']>[0]>().toEqualTypeOf<
    'github' | 'discord'
  >()
  expectTypeOf<Awaited<Dance<'github'>['ready']>>().toEqualTypeOf<ReadyResult<'github'> | null>()
  const wrong = (dance: ReturnType<typeof make>): void => {
    // @ts-expect-error -- no such client
    void dance.login('gitlab')
    // @ts-expect-error -- no such client
    dance.session('gitlab')
    // @ts-expect-error -- no such event
    dance.on('signedIn', () => {})
  }
  expectTypeOf(wrong).toBeFunction()
})

test('B-2, B-46: neither a secret nor a way around PKCE can be said', () => {
  const wrong = (): void => {
    // @ts-expect-error -- a secret is no business of a page
    createDance({ clients: { a: { provider: discord(), clientId: 'x', clientSecret: 's' } } })
    // @ts-expect-error -- there is no such option
    createDance({ clients: { a: { provider: discord(), clientId: 'x', disablePKCE: true } } })
    // @ts-expect-error -- OAuth 1.0a has one route
    createDance({ clients: { a: { provider: twitter(), route: 'direct' } } })
  }
  expectTypeOf(wrong).toBeFunction()
})
