import type { Sender, Prepared } from './load.ts'
import { codes, cookiesOf, locationOf, makeKey, post, redeem, sha256, type Key } from './page.ts'

/** One way to do a job, in a process of its own. */
export interface Contestant {
  readonly id: string
  readonly name: string
  readonly job: 'exchange' | 'refresh' | 'relay'
  /** Its module. */
  readonly subject: string
  /** Of a good answer. */
  readonly status: number
  /** Whether its time is broken down. */
  readonly profiled?: boolean
  /** Makes the requests, none of which was sent before where that matters. */
  prepare(sender: Sender, count: number, origins: Origins): Promise<Prepared[]>
}

export interface Origins {
  readonly upstream: string
  /** The subject's own: what a proof names. */
  readonly url: string
}

const limit = 'subjects/limit'
const exchange = 'subjects/exchange'

export const contestants: readonly Contestant[] = [
  {
    id: 'limit-exchange',
    name: 'limit: node:http + undici Pool, no check',
    job: 'exchange',
    subject: limit,
    status: 200,
    prepare: async (_, count) => times(count, () => redeem('any', 'a-code-of-the-provider')),
  },
  {
    id: 'exchange',
    name: 'SPA-Dance, no DPoP',
    job: 'exchange',
    subject: exchange,
    status: 200,
    prepare: async (sender, count) =>
      (await codes(sender, 'fast', count)).map((code) => redeem('fast', code)),
  },
  {
    id: 'exchange-dpop',
    name: 'SPA-Dance, DPoP verified, handle sealed',
    job: 'exchange',
    subject: exchange,
    status: 200,
    profiled: true,
    prepare: async (sender, count, { url }) =>
      (await codes(sender, 'fast', count)).map((code) =>
        redeem('fast', code, makeKey().proof('POST', `${url}/fast/token`)),
      ),
  },
  {
    id: 'grant',
    name: 'grant 5.4.24, node handler, cookie session',
    job: 'exchange',
    subject: 'subjects/grant',
    status: 302,
    async prepare(sender, count) {
      const { answers } = await sender.send([get('/connect/bench')], 302)
      return times(count, () => callback('/connect/bench/callback', answers[0]))
    },
  },
  {
    id: 'oauth-shim',
    name: 'oauth-shim 1.1.5 on node:http',
    job: 'exchange',
    subject: 'subjects/oauth-shim',
    status: 302,
    async prepare(_, count, { upstream }) {
      const state = JSON.stringify({
        client_id: 'bench-id',
        redirect_uri: 'https://app.example.com/',
        oauth: { version: 2, grant: `${upstream}/0/token` },
      })
      const query = new URLSearchParams({ code: 'a-code-of-the-provider', state })
      return times(count, () => get(`/?${query}`))
    },
  },
  {
    id: 'auth-core',
    name: '@auth/core 0.41.3 on @hono/node-server',
    job: 'exchange',
    subject: 'subjects/auth-core',
    status: 302,
    async prepare(sender, count) {
      const csrf = (await sender.send([get('/auth/csrf')], 200)).answers[0]
      if (!csrf) throw new Error('no CSRF token')
      const { csrfToken }: { csrfToken: string } = JSON.parse(csrf.body)
      const start = post('/auth/signin/bench', { csrfToken })
      const headers = { ...start.headers, cookie: cookiesOf(csrf) }
      const { answers } = await sender.send([{ ...start, headers }], 302)
      return times(count, () => callback('/auth/callback/bench', answers[0]))
    },
  },
  {
    id: 'refresh',
    name: 'SPA-Dance, DPoP verified, handle opened and sealed',
    job: 'refresh',
    subject: exchange,
    status: 200,
    profiled: true,
    async prepare(sender, count, { url }) {
      const keys = times(count, makeKey)
      const { answers } = await signIns(sender, 'fast', keys, url)
      return answers.map((answer, n) => {
        const form = {
          grant_type: 'refresh_token',
          refresh_token: JSON.parse(answer.body).refresh_token,
        }
        const nonce = answer.headers['dpop-nonce']
        return post('/fast/token', form, keys[n]?.proof('POST', `${url}/fast/token`, { nonce }))
      })
    },
  },
  {
    id: 'limit-relay',
    name: 'limit: node:http + undici Pool, not signed',
    job: 'relay',
    subject: limit,
    status: 200,
    prepare: async (_, count) => times(count, () => get('/resource')),
  },
  {
    id: 'relay',
    name: 'SPA-Dance, DPoP verified, HMAC-SHA1',
    job: 'relay',
    subject: exchange,
    status: 200,
    profiled: true,
    prepare: (sender, count, { url }) => relayed(sender, 'hmac', count, url),
  },
  {
    id: 'oauth-shim-relay',
    name: 'oauth-shim 1.1.5 on node:http, HMAC-SHA1',
    job: 'relay',
    subject: 'subjects/oauth-shim',
    status: 200,
    async prepare(_, count, { upstream }) {
      const query = new URLSearchParams([
        ['access_token', 'a-token:a-secret@bench-id'],
        ['path', `${upstream}/0/resource?page=2`],
        ['method', 'GET'],
        ['then', 'proxy'],
      ])
      return times(count, () => get(`/?${query}`))
    },
  },
]

/** API calls of up to 64 people, each with a proof of its own. */
export async function relayed(
  sender: Sender,
  client: string,
  count: number,
  url: string,
  path = '/resource',
): Promise<Prepared[]> {
  const keys = times(Math.min(count, 64), makeKey)
  const { answers } = await signIns(sender, client, keys, url)
  return times(count, (n) => {
    const answer = answers[n % keys.length]
    const { access_token: token }: { access_token: string } = JSON.parse(answer?.body ?? '{}')
    const claims = { ath: sha256(token), nonce: answer?.headers['dpop-nonce'] }
    const target = `/${client}/api${path}`
    const proof = keys[n % keys.length]?.proof('GET', url + target, claims) ?? ''
    const origin = 'https://app.example.com'
    return get(`${target}?page=2`, { origin, authorization: `DPoP ${token}`, dpop: proof })
  })
}

/** Signs in once by each key. */
async function signIns(sender: Sender, client: string, keys: readonly Key[], url: string) {
  const target = `/${client}/token`
  const made = await codes(sender, client, keys.length)
  const requests = made.map((code, n) => redeem(client, code, keys[n]?.proof('POST', url + target)))
  return sender.send(requests, 200)
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Prepared => ({
  method: 'GET',
  path,
  headers,
})

/** What a provider sends the browser back with, in the cookies that the start set. */
function callback(path: string, start: Parameters<typeof locationOf>[0] | undefined): Prepared {
  if (!start) throw new Error('The login did not start.')
  const state = locationOf(start).searchParams.get('state') ?? ''
  const query = new URLSearchParams({ code: 'a-code-of-the-provider', state })
  return get(`${path}?${query}`, { cookie: cookiesOf(start) })
}

const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))
