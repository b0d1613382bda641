import { describe, expect, it } from 'vitest'
import { at, get, githubAuthorize, post, setUp, type SetUp } from '../testing-internal/dance.ts'

const consentUrl = at('github', '', '/_emulator/consent')
const own = { origin: at('github', '', '') }

async function open(emulator: SetUp, headers: Record<string, string> = {}): Promise<string> {
  const page = await (await get(emulator, githubAuthorize(), headers)).text()
  return /name="request" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

const approve = (request: string): Record<string, string> => ({
  request,
  decision: 'approve',
  person: 'ada',
})

describe('the consent page', () => {
  it('names the provider, the app, the scopes and the people, and has no script', async () => {
    const response = await get(setUp(), githubAuthorize())
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    const page = await response.text()
    expect(page).toContain(
      '<h1><strong>Dance &lt;demo&gt;</strong> wants to use your GitHub account',
    )
    expect(page).toContain('Read your e-mail addresses')
    expect(page).toMatch(/Ada Lovelace.*@ada-lovelace/s)
    expect(page).toMatch(/name="decision" value="approve"[^>]*>\s*Authorize Dance &lt;demo&gt;\s*</)
    expect(page).toMatch(/name="decision"\s+value="decline"/)
    expect(page).not.toContain('<script')
  })

  it('takes one answer, and says so to the next one', async () => {
    const emulator = setUp()
    const request = await open(emulator, { referer: 'https://app.example.com/page' })
    expect((await post(emulator, consentUrl, approve(request), own)).status).toBe(303)
    emulator.wait(3)
    const again = await post(emulator, consentUrl, approve(request), own)
    expect(again.status).toBe(409)
    const page = await again.text()
    expect(page).toContain('answered already')
    expect(page).toContain('<a href="https://app.example.com">')
  })

  it('gives a double click the first answer, whatever the second button was', async () => {
    const emulator = setUp()
    const request = await open(emulator)
    const first = await post(emulator, consentUrl, approve(request), own)
    const second = await post(emulator, consentUrl, { request, decision: 'decline' }, own)
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
  })

  it('takes no answer from another site', async () => {
    const emulator = setUp()
    const request = await open(emulator)
    for (const origin of ['https://evil.example', 'null']) {
      const reply = await post(emulator, consentUrl, approve(request), { origin })
      expect(reply.status).toBe(403)
    }
    expect((await post(emulator, consentUrl, approve(request), own)).status).toBe(303)
  })

  it.each([
    ['an unknown request', { request: 'x', decision: 'approve', person: 'ada' }, 409],
    ['nobody', { request: 'x', decision: 'approve', person: 'mallory' }, 400],
    ['nothing at all', {}, 409],
  ])('shows a page for %s', async (_what, form, status) => {
    const reply = await post(setUp(), consentUrl, form, own)
    expect(reply.status).toBe(status)
    expect(reply.headers.get('content-type')).toContain('text/html')
  })

  it('shows a page for a reload of its address', async () => {
    expect((await get(setUp(), consentUrl)).status).toBe(409)
  })

  it('offers whom this browser signed in as before', async () => {
    const emulator = setUp()
    const form = { ...approve(await open(emulator)), person: 'grace' }
    const cookie = (await post(emulator, consentUrl, form, own)).headers.get('set-cookie') ?? ''
    expect(cookie).toContain('HttpOnly')
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    const page = await (await get(emulator, githubAuthorize(), headers)).text()
    expect(page).toMatch(/value="grace"[^>]*checked/)
  })
})
