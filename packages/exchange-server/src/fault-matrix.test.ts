import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { canary, faults } from './testing-internal/hostile.ts'
import { asked, live, type Got, type Live, type RouteThatAsks } from './testing-internal/live.ts'

const routes = Object.keys(asked) as RouteThatAsks[]
type FaultName = keyof typeof faults

/** What a provider may say without being at fault for this route: it is answered without its marks. */
const harmless: Partial<Record<FaultName, readonly RouteThatAsks[]>> = {
  'sets cookies': ['code', 'refresh', 'revoke', 'relay', 'signed relay'],
  // Of a revocation the status counts, and an API may say what it likes.
  'answers in HTML': ['revoke', 'relay', 'signed relay'],
  'answers nothing': ['revoke', 'relay', 'signed relay'],
}

/** What is found out when the answer is on its way to the page already. */
const late: readonly FaultName[] = [
  'drips',
  'never ends',
  'sends a gzip bomb',
  'sends a brotli bomb',
  'sends broken gzip',
  'breaks off a long answer',
  'breaks off between chunks',
]

/** What only a deadline ends. */
const endless: readonly FaultName[] = ['hangs', 'drips', 'sends interim answers without end']

/** What leaves the connection in order, so that it may be used again. */
const orderly: readonly FaultName[] = [
  'answers in HTML',
  'answers nothing',
  'redirects',
  'sets cookies',
  'sends broken gzip',
  'sends a gzip bomb',
  'sends a brotli bomb',
  'answers with a status that there is not',
]

describe.each(Object.keys(faults) as FaultName[])('a provider that %s', (name) => {
  let l: Live
  let ask: Awaited<ReturnType<Live['routes']>>
  beforeAll(async () => {
    l = await live()
    ask = await l.routes()
  })
  // The adapter tells the console when an answer breaks off.
  beforeEach(() => {
    vi.spyOn(console, 'error').mockReturnValue()
    vi.spyOn(console, 'info').mockReturnValue()
  })
  afterEach(() => void vi.restoreAllMocks())
  afterAll(() => l.close())

  it.each(routes)('X-28, X-29, X-31: harms nobody at the route: %s', async (route) => {
    l.provider.fault = { path: asked[route], act: faults[name] }
    const { length } = l.entries
    const got = endless.includes(name) ? await outlast(l, ask[route]) : await ask[route]()
    const entry = l.entries[length]

    const outcome = outcomeOf(got)
    const relayed = route.endsWith('relay')
    if (harmless[name]?.includes(route)) expect(outcome).toBe('answered')
    else if (relayed && late.includes(name)) expect(outcome).toBe('broken off')
    else {
      expect(outcome).toMatch(/^(server_error|temporarily_unavailable)$/)
      expect(entry).toMatchObject({ level: 'error', error: outcome })
      expect(/took longer/.test(entry?.reason ?? '')).toBe(endless.includes(name))
    }
    // An API's body is for the page; nothing else that a provider says is.
    expect(got.head).not.toContain(canary)
    if (!relayed || (outcome !== 'answered' && outcome !== 'broken off'))
      expect(got.body).not.toContain(canary)
    expect(JSON.stringify(entry)).not.toContain(canary)
    expect(got.headers['x-request-id']).toBe(entry?.id)
    if (!orderly.includes(name)) await vi.waitFor(() => expect(l.provider.faulty()).toBe(0))
  })

  it('and all goes on once it is well again', async () => {
    l.provider.fault = undefined
    for (const again of Object.values(await l.routes())) {
      expect((await again()).status).toBeLessThan(400)
    }
  })
})

/** Asks a route, and lets its deadlines pass as soon as the provider has the request. */
async function outlast(l: Live, ask: () => Promise<Got>): Promise<Got> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const before = l.provider.seen.length
    let done = false
    const asking = ask().finally(() => (done = true))
    while (l.provider.seen.length === before) await new Promise(setImmediate)
    await vi.advanceTimersByTimeAsync(14_000)
    expect(done).toBe(false)
    await vi.advanceTimersByTimeAsync(300_000)
    return await asking
  } finally {
    vi.useRealTimers()
  }
}

/** What the page makes of it. */
function outcomeOf({ status, headers, body, broken }: Got): string {
  if (headers.location !== undefined) {
    return new URL(headers.location).searchParams.get('error') ?? 'answered'
  }
  if (broken) return 'broken off'
  if (status < 300) return 'answered'
  expect(headers['retry-after']).toMatch(/^\d+$/)
  const { error, ...rest } = JSON.parse(body)
  expect(Object.keys(rest)).toEqual(['error_description'])
  expect(status).toBe(error === 'server_error' ? 502 : 503)
  return error
}
