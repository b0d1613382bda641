import { describe, expect, it } from 'vitest'
import { createEmulator } from './index.ts'
import { at, get, setUp, url } from './testing-internal/dance.ts'

describe('virtual hosts', () => {
  it('goes by the Host header where there is one', async () => {
    const host = 'api-github-com.github.localhost:4180'
    const headers = { host, 'user-agent': 'a test' }
    const reply = await get(setUp(), 'http://127.0.0.1:4180/user', headers)
    expect(reply.status).toBe(401)
  })

  it('keeps the hosts of a provider apart', async () => {
    expect((await get(setUp(), at('github', '', '/user'))).status).toBe(404)
    expect((await get(setUp(), at('github', 'api-github-com', '/user'))).status).toBe(401)
  })

  it.each(['http://myspace.localhost:4180/', 'http://a.b.github.localhost:4180/'])(
    'says what is emulated where, at %s',
    async (address) => {
      const reply = await get(setUp(), address)
      expect(reply.status).toBe(404)
      expect((await reply.json()).message).toContain('http://api-github-com.github.localhost:4180')
    },
  )

  it('shows who is emulated at its own address, without a secret', async () => {
    const page = await (await get(setUp(), url)).text()
    expect(page).toContain('http://discord.localhost:4180')
    expect(page).not.toContain('gh-secret')
  })

  it('refuses a body that is too large', async () => {
    const body = 'x'.repeat(65 * 1024)
    const address = at('discord', '', '/api/oauth2/token')
    const reply = await setUp().fetch(new Request(address, { method: 'POST', body }))
    expect(reply.status).toBe(413)
  })
})

describe('createEmulator()', () => {
  it('names all that is wrong with its options', () => {
    const registrations = {
      myspace: [],
      github: [{ clientId: 'gh', redirectUris: ['/callback', 'https://a.example/#x'] }],
    }
    expect(() => createEmulator({ url: 'http://127.0.0.1:4180', registrations })).toThrow(
      /url is .*localhost[^]*myspace[^]*"\/callback"[^]*#x[^]*clientSecret/,
    )
  })
})
