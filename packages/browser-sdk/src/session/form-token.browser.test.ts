import { slack } from '@spa-dance/providers/slack'
import { meetup } from '@spa-dance/providers/meetup'
import { expect, test } from 'vitest'
import { exchange, exchangeReply, openBrowser } from '../testing-internal/dancers.ts'
import { jsonReply, type Seen } from '../testing-internal/fake-server.ts'

const api = 'https://slack.com/api/'

/** Signs in to Slack, whose token the page itself may use. */
async function signIn() {
  const browser = openBrowser({ clients: { slack: { provider: slack() } } })
  const tokenUrl = `${exchange}/${browser.database}/slack/token`
  let count = 0
  browser.server.route(tokenUrl, () => {
    count += 1
    return jsonReply({ ...exchangeReply(count), account: { id: 'U1' } })
  })
  browser.server.route(api, () => jsonReply({ ok: true, user_id: 'U1', user: 'ada' }))
  const { dance } = await browser.signIn('slack')
  await expect.poll(() => dance.getState().sessions['slack']?.profile?.name).toBe('ada')
  return { ...browser, dance, session: dance.session('slack'), tokenUrl }
}

const formOf = ({ init }: Seen): URLSearchParams => init.body as URLSearchParams
const fieldsOf = (seen: Seen): Record<string, unknown> => Object.fromEntries(formOf(seen))

test('a token that no header may carry travels in the form, also of a call that was a GET', async () => {
  const { session, server } = await signIn()
  await session.get('/users.info?user=U2')
  await session.post('/chat.postMessage', new URLSearchParams({ channel: 'C1', text: 'a & b' }))
  const [get, post] = server.to(api).slice(-2)
  expect(get).toMatchObject({ url: `${api}users.info?user=U2`, method: 'POST' })
  expect(get && fieldsOf(get)).toEqual({ token: 'access-canary-1' })
  expect(post && fieldsOf(post)).toEqual({
    channel: 'C1',
    text: 'a & b',
    token: 'access-canary-1',
  })
  for (const { url, headers, init } of server.to(api)) {
    expect(url).not.toContain('canary')
    expect([...headers.keys()]).not.toContain('authorization')
    // The browser writes the type of a form, which makes no preflight.
    expect([...headers.keys()]).not.toContain('content-type')
    expect(init.body).toBeInstanceOf(URLSearchParams)
  }
})

test('a caller can neither put a token of another in the form nor take ours out', async () => {
  const { session, server } = await signIn()
  await session.post('/auth.test', 'token=other&token=third&a=1', {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: 'Bearer x' },
  })
  const call = server.to(api).at(-1)
  expect(call && [...formOf(call)]).toEqual([
    ['token', 'access-canary-1'],
    ['a', '1'],
  ])
})

test('a file travels with the token as multipart', async () => {
  const { session, server } = await signIn()
  const form = new FormData()
  form.set('file', new File(['x'], 'x.txt'))
  await session.post('/files.upload', form)
  const body = server.to(api).at(-1)?.init.body
  expect(body).toBeInstanceOf(FormData)
  expect((body as FormData).get('token')).toBe('access-canary-1')
  expect((body as FormData).get('file')).toBeInstanceOf(File)
  expect(form.has('token')).toBe(false)
})

test('a file in a Request travels with the token, too', async () => {
  const { session, server } = await signIn()
  const form = new FormData()
  form.set('file', new File(['x'], 'x.txt'))
  await session.fetch(new Request(`${api}files.upload`, { method: 'POST', body: form }))
  const body = server.to(api).at(-1)?.init.body as FormData
  expect(body.get('token')).toBe('access-canary-1')
  await expect((body.get('file') as File).text()).resolves.toBe('x')
})

test('B-27: no redirect takes a token in a form along, whatever the caller asks for', async () => {
  const { session, server } = await signIn()
  await session.get('/auth.test', { redirect: 'follow' })
  expect(server.to(api).map(({ init }) => init.redirect)).not.toContain('follow')
  expect(server.to(api).at(-1)?.init.redirect).toBe('error')
})

test('what can carry no form is refused before anything is sent', async () => {
  const { session, server } = await signIn()
  const before = server.seen.length
  const json = { headers: { 'Content-Type': 'application/json' } }
  for (const call of [
    () => session.delete('/x'),
    () => session.put('/x', 'a=1'),
    () => session.post('/x', '{"a":1}', json),
    () => session.post('/x', new Blob(['x'])),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'url-not-allowed' })
  }
  expect(server.seen).toHaveLength(before)
})

test('B-34: an API that hides a dead token under status 200 is asked once more, with a new one', async () => {
  const { session, server, tokenUrl } = await signIn()
  server.route(api, (seen) =>
    formOf(seen).get('token') === 'access-canary-2'
      ? jsonReply({ ok: true })
      : jsonReply({ ok: false, error: 'token_expired' }),
  )
  await expect(session.json('/auth.test')).resolves.toEqual({ ok: true })
  expect(server.to(tokenUrl)).toHaveLength(2)
  server.route(api, () => jsonReply({ ok: false, error: 'channel_not_found' }))
  await expect(session.json('/x')).resolves.toMatchObject({ error: 'channel_not_found' })
  expect(server.to(tokenUrl)).toHaveLength(2)
})

test('a profile is asked for by a query in JSON, where the declaration has one', async () => {
  const browser = openBrowser({ clients: { meetup: { provider: meetup() } } })
  const issuer = `${exchange}/${browser.database}/meetup`
  browser.server.route(`${issuer}/token`, () =>
    jsonReply({ ...exchangeReply(1), token_type: 'DPoP' }),
  )
  browser.server.route(`${issuer}/api`, () =>
    jsonReply({ data: { self: { id: '7', name: 'Ada' } } }),
  )
  const { dance } = await browser.signIn('meetup')
  expect(dance.getState().sessions['meetup']?.profile).toEqual({ id: '7', name: 'Ada' })
  const [call] = browser.server.to(`${issuer}/api`)
  expect(call).toMatchObject({ url: `${issuer}/api/gql-ext`, method: 'POST' })
  expect(call?.headers.get('content-type')).toBe('application/json')
  expect(call?.init.body).toBe('{"query":"query { self { id name email } }"}')
})
