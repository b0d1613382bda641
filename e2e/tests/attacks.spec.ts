import { readdirSync, readFileSync, statSync } from 'node:fs'
import { card, clients, expect, signIn, signOut, test } from '../support/demo-site.ts'

for (const [id, name] of clients) {
  test(`B-6: a forged callback of ${name} causes no token request and leaves a usable page`, async ({
    page,
    demo,
  }) => {
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url())
    })
    const forged = new URL(`callback/${id}/`, demo.appUrl)
    forged.search = new URLSearchParams({
      code: 'an-attackers-code',
      state: 'an-attackers-state',
      iss: `${demo.exchangeUrl}/${id}`,
    }).toString()
    await page.goto(forged.href)
    await expect(
      card(page, name).getByRole('button', { name: `Sign in with ${name}` }),
    ).toBeVisible()
    expect(page.url()).not.toContain('an-attackers')
    expect(sent).toEqual([])
    expect(demo.control.requests(id)).toEqual([])
    await signIn(page, name)
  })
}

test('B-7: a flow that was begun in another browser is not finished here', async ({
  browser,
  demo,
}) => {
  const attacker = await browser.newContext()
  const victim = await browser.newContext()
  for (const [id, name] of clients) {
    demo.control.reset()
    const page = await attacker.newPage()
    await page.goto(demo.appUrl)
    const leaving = page.waitForRequest((request) => request.url().includes('/callback'))
    demo.control.approveNext(id, 'grace')
    // The attacker stops before the first callback is loaded, and sends its URL to the victim.
    await page.route(/\/callback(\/|\?)/, (route) => route.abort())
    await card(page, name)
      .getByRole('button', { name: `Sign in with ${name}` })
      .click()
    const callback = (await leaving).url()
    await page.close()

    const target = await victim.newPage()
    const before = demo.control.requests(id).filter(({ grantType }) => grantType).length
    await target.goto(callback)
    await target.waitForLoadState('networkidle')
    const after = demo.control.requests(id).filter(({ grantType }) => grantType).length
    expect(after).toBe(before)
    await target.goto(demo.appUrl)
    await expect(
      card(target, name).getByRole('button', { name: `Sign in with ${name}` }),
    ).toBeVisible()
    await target.close()
  }
})

test('B-36: after a sign-out nothing of the session is left in the browser', async ({
  page,
  demo,
}) => {
  await page.goto(demo.appUrl)
  for (const [, name] of clients) await signIn(page, name)
  for (const [, name] of clients) await signOut(page, name)
  const left = await page.evaluate(async () => {
    const records: string[] = []
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open(name)
        open.addEventListener('success', () => resolve(open.result))
        open.addEventListener('error', () => reject(open.error))
      })
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll()
        await new Promise((resolve) => all.addEventListener('success', resolve))
        for (const record of all.result as unknown[]) records.push(`${store}: ${typeof record}`)
      }
      db.close()
    }
    return { records, session: sessionStorage.length, local: JSON.stringify({ ...localStorage }) }
  })
  // The key that encrypts tokens may stay: it opens nothing any more.
  expect(left.records.filter((record) => !record.startsWith('keys:'))).toEqual([])
  expect(left.session).toBe(0)
  expect(left.local).not.toMatch(/ada/i)
})

test('B-47: no token lies readable in the browser, and none passes between tabs', async ({
  page,
  demo,
}) => {
  await page.addInitScript(() => {
    const heard: string[] = []
    const post = BroadcastChannel.prototype.postMessage
    BroadcastChannel.prototype.postMessage = function (message: unknown) {
      heard.push(JSON.stringify(message))
      sessionStorage.setItem('heard', heard.join(' '))
      post.call(this, message)
    }
  })
  const tokens = new Set<string>()
  await page.exposeFunction('keepTokens', (reply: Record<string, unknown>) => {
    for (const value of Object.values(reply)) {
      if (typeof value === 'string' && value.length > 20 && !value.includes(' ')) tokens.add(value)
    }
  })
  // Read in the page: the browser lets go of a response's body when the page moves on.
  await page.addInitScript(() => {
    const { fetch } = window
    window.fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (response.url.endsWith('/token')) {
        const keep = Reflect.get(window, 'keepTokens') as (reply: unknown) => Promise<void>
        await keep(await response.clone().json())
      }
      return response
    }
  })
  await page.goto(demo.appUrl)
  for (const [, name] of clients) await signIn(page, name)
  expect(tokens.size).toBeGreaterThanOrEqual(4)
  const readable = await page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue
      const db = await new Promise<IDBDatabase>((resolve) => {
        const open = indexedDB.open(name)
        open.addEventListener('success', () => resolve(open.result))
      })
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll()
        await new Promise((resolve) => all.addEventListener('success', resolve))
        texts.push(
          JSON.stringify(all.result, (_, value: unknown) =>
            ArrayBuffer.isView(value) || value instanceof ArrayBuffer
              ? new TextDecoder('latin1').decode(value as ArrayBuffer)
              : value,
          ),
        )
      }
      db.close()
    }
    return texts.join('\n')
  })
  expect(readable).toContain('github')
  for (const token of tokens) expect(readable.includes(token)).toBe(false)
})

test('the bundle of the demo holds no server code and no secret', async ({ demo }) => {
  const root = demo.folder ?? ''
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => `${root}/${file}`)
    .filter((file) => statSync(file).isFile())
  const text = files.map((file) => readFileSync(file, 'latin1')).join('\n')
  expect(text).toContain('Sign in with')
  for (const word of [
    'demo-github-secret',
    'demo-google-secret',
    'demo-twitter-secret',
    'PRIVATE KEY',
    'oauth_consumer_key',
    'oauth_signature',
    'A256GCM',
    'node:http',
    'sealKeys',
  ]) {
    expect.soft(text.includes(word), word).toBe(false)
  }
})
