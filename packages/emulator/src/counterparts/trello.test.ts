import { expect, it } from 'vitest'
import { answerConsent, at, callback, get, setUp, type SetUp } from '../testing-internal/dance.ts'
import { send, type Signing } from '../testing-internal/signer.ts'

const app = { clientId: 'tr', clientSecret: 'tr-secret', redirectUris: [callback] }
const site = (path: string): string => at('trello', '', path)
const api = (path: string): string => at('trello', 'api-trello-com', path)
const meUrl = api('/1/members/me?fields=username,fullName,email,avatarUrl')

type Credentials = Required<Pick<Signing, 'token' | 'tokenSecret'>>

const ask = (emulator: SetUp, signing: Omit<Signing, 'now' | 'key' | 'secret'>) =>
  send(emulator, { now: emulator.now(), key: 'tr', secret: 'tr-secret', ...signing })

async function credentials(response: Response): Promise<Credentials> {
  expect(response.status).toBe(200)
  const reply = new URLSearchParams(await response.text())
  return {
    token: reply.get('oauth_token') ?? '',
    tokenSecret: reply.get('oauth_token_secret') ?? '',
  }
}

const request = async (emulator: SetUp): Promise<Credentials> =>
  credentials(
    await ask(emulator, {
      method: 'POST',
      address: site('/1/OAuthGetRequestToken'),
      oauth: { oauth_callback: callback },
    }),
  )

const pageOf = ({ token }: Credentials, query: string): string =>
  site(`/1/OAuthAuthorizeToken?oauth_token=${token}&${query}`)

async function dance(emulator: SetUp, query: string): Promise<Credentials> {
  const temporary = await request(emulator)
  const back = await answerConsent(emulator, pageOf(temporary, query))
  return credentials(
    await ask(emulator, {
      method: 'POST',
      address: site('/1/OAuthGetAccessToken'),
      oauth: { oauth_verifier: back.searchParams.get('oauth_verifier') ?? '' },
      ...temporary,
    }),
  )
}

const start = (): SetUp => setUp({ trello: [app] })

it('tells the e-mail address, and lets write, by the scopes that the page was asked for', async () => {
  const emulator = start()
  const reads = await dance(emulator, 'scope=read')
  expect(await (await ask(emulator, { address: meUrl, ...reads })).json()).toMatchObject({
    fullName: 'Ada Lovelace',
    email: null,
  })
  const board = { method: 'POST', address: api('/1/boards?name=a') } as const
  expect((await ask(emulator, { ...board, ...reads })).status).toBe(401)

  const all = await dance(emulator, 'scope=read,write,account&name=Acme')
  const me = await (await ask(emulator, { address: meUrl, ...all })).json()
  expect(me.email).toBe('ada@example.com')
  expect((await ask(emulator, { ...board, ...all })).status).toBe(200)
  expect((await get(emulator, me.avatarUrl)).status).toBe(404)
  expect((await get(emulator, `${me.avatarUrl}/170.png`)).status).toBe(200)
})

it('calls the app as it calls itself, and refuses scopes and times that do not exist', async () => {
  const emulator = start()
  const temporary = await request(emulator)
  const page = async (query: string) => get(emulator, pageOf(temporary, query))
  expect(await (await page('name=Acme')).text()).toContain('Acme')
  expect(await (await page('')).text()).toContain('an unknown application')
  expect((await page('scope=read write')).status).toBe(400)
  expect((await page('expiration=7days')).status).toBe(400)
})

it('ends a token when its time has come, unless that is never', async () => {
  const emulator = start()
  const short = await dance(emulator, 'expiration=1hour')
  const long = await dance(emulator, 'expiration=never')
  emulator.wait(3599)
  expect((await ask(emulator, { address: meUrl, ...short })).status).toBe(200)
  emulator.wait(1)
  const refused = await ask(emulator, { address: meUrl, ...short })
  expect([refused.status, await refused.text()]).toEqual([401, 'invalid token'])
  emulator.wait(9_999_999)
  expect((await ask(emulator, { address: meUrl, ...long })).status).toBe(200)
})

it('says nothing at all of a decline', async () => {
  const emulator = start()
  const temporary = await request(emulator)
  const back = await answerConsent(emulator, pageOf(temporary, ''), 'decline')
  expect(back.href).toBe(callback)
})

it('deletes a token by its own authority alone', async () => {
  const emulator = start()
  const [mine, other] = [await dance(emulator, ''), await dance(emulator, '')]
  const remove = (token: string) =>
    ask(emulator, { method: 'DELETE', address: api(`/1/tokens/${token}`), ...mine })
  expect((await remove(other.token)).status).toBe(404)
  expect((await remove(mine.token)).status).toBe(200)
  expect((await ask(emulator, { address: meUrl, ...mine })).status).toBe(401)
  expect((await ask(emulator, { address: meUrl, ...other })).status).toBe(200)
})
