import assert from 'node:assert/strict'
import type { Dance } from '@spa-dance/browser-sdk'
import type { LoggedRequest } from '@spa-dance/emulator'
import { askerOf, proofOf } from '../support/conformance.ts'
import type { ProviderRow } from '../support/provider-table.ts'
import { login, type Login, type LoginOptions, type Stage } from './login.ts'
import { networkFor } from './site.ts'

const hour = 3_600_000

/**
 * Takes a declaration through the whole dance, as the table says that it goes: the real SDK, exchange
 * and emulator in one process.
 *
 * @throws Error that says what went otherwise
 */
export async function runDance(stage: Stage): Promise<void> {
  const { row, providers } = stage
  providers.control.reset()
  providers.clock.ahead = 0
  sessionStorage.clear()
  localStorage.clear()
  stage.connect(networkFor(row, stage.provider, providers))
  const dances: Dance[] = []
  try {
    const open = async (options?: LoginOptions): Promise<Login> => {
      const begun = await login(stage, options)
      dances.push(begun.dance)
      return begun
    }
    await decline(await open({ decision: 'decline' }), stage)
    const first = await open()
    await use(first, stage)
    await refreshTwice(first.dance, stage)
    await useAll(await open(everything(row)), stage)
    await signOut(first.dance, stage, () => open())
    await endByProvider(await open(), stage)
    // Only the provider's clock goes ahead, and a secret that is signed by ours would be late, too.
    if (stage.provider.protocol === 'oauth2' && stage.provider.token.signedFor) return
    const late = await open({ late: hour })
    assert.match(late.error?.code ?? '', /^(provider|exchange)-refused$/, 'a late answer')
  } finally {
    for (const dance of dances) dance.destroy()
  }
}

const statusOf = (dance: Dance, { row }: Stage): string | undefined =>
  dance.getState().sessions[row.id]?.status

const seen = ({ row, providers }: Stage, endpoint: string): readonly LoggedRequest[] =>
  providers.control
    .requests(row.provider.id)
    .filter((one) => one.endpoint === endpoint && one.method !== 'OPTIONS')

async function decline({ dance, error }: Login, stage: Stage): Promise<void> {
  assert.equal(error?.code, 'access-denied', 'after a decline')
  assert.equal(statusOf(dance, stage), 'signed-out', 'after a decline')
  // OAuth 1.0a asks for a request token, whatever the answer.
  const refused = seen(stage, 'token').filter(({ status }) => status !== 200)
  assert.deepEqual(refused, [], 'refused token requests')
}

/** A login as the declaration would have it: tokens, an API call and the profile. */
async function use({ dance, error, heard }: Login, stage: Stage): Promise<void> {
  const { row, provider } = stage
  assert.equal(error?.code, undefined, 'the login')
  assert.equal(statusOf(dance, stage), 'signed-in', 'the login')
  assert.equal(
    heard?.account !== undefined,
    row.identified ?? false,
    'known before the API is asked',
  )
  const token = seen(stage, 'token').at(-1)
  assert.ok(token, 'nobody asked for tokens')
  assert.equal(askerOf(token), row.route === 'direct' ? 'page' : 'exchange', 'who asks for tokens')
  assert.equal(proofOf(token), stage.proof, 'the proof')
  if (provider.protocol !== 'oauth1') {
    const query: readonly string[] = seen(stage, 'authorize').at(-1)?.query ?? []
    assert.equal(query.includes('code_challenge'), row.pkce ?? true, 'PKCE')
  }
  await callMe(dance, row)
  const callers = row.call ? [row.api] : []
  assert.deepEqual([...new Set(seen(stage, 'api').map(askerOf))], callers, 'who calls the API')

  const { picture, ...rest } = await dance.session(row.id).profile()
  assert.deepEqual({ ...rest, picture: picture !== undefined }, row.profile)
  if (picture === undefined) return
  const image = await stage.providers.fetch(picture)
  assert.match(
    `${image.status} ${image.headers.get('content-type')}`,
    /^200 image\//,
    'the picture',
  )
}

/** A call to the API, which has to be about the person unless it is only told something. */
async function call(
  dance: Dance,
  { id, profile }: ProviderRow,
  request: string,
  init: RequestInit = {},
): Promise<void> {
  const [method = '', path = '', json] = request.split(' ')
  const body = json === undefined ? {} : { body: json }
  const response = await dance.session(id).fetch(path, { method, ...body, ...init })
  const text = await response.text()
  assert.ok(response.ok, `${request} has status ${response.status}`)
  assert.ok(json !== undefined || text.includes(profile.id), `${request} is about someone else`)
}

const callMe = async (dance: Dance, row: ProviderRow): Promise<void> => {
  const { body } = row
  if (row.call) await call(dance, row, row.call, body === undefined ? {} : jsonOf(body))
}

const jsonOf = (body: string): RequestInit => ({
  body,
  headers: { 'Content-Type': 'application/json' },
})

/** Twice, because the second needs what the first one gave. */
async function refreshTwice(dance: Dance, stage: Stage): Promise<void> {
  const { row, providers } = stage
  const refreshable = row.refreshes || row.api === 'exchange'
  assert.equal(dance.getState().sessions[row.id]?.refreshable, refreshable, 'refreshable')
  if (!row.refreshes) return
  for (const times of [1, 2]) {
    providers.control.expireTokens(row.provider.id)
    await callMe(dance, row)
    const refreshes = seen(stage, 'token').filter(({ grantType }) => grantType === 'refresh_token')
    assert.equal(refreshes.length, times, 'refreshes')
  }
}

/** A login with all that one may say. */
const everything = ({ asks, takes }: ProviderRow): LoginOptions => ({
  ...(asks && { scopes: asks }),
  ...(takes && { loginHint: 'ada@example.com', params: takes }),
})

/** What it said has arrived; its scopes are granted, one by one, and give what is to be read. */
async function useAll({ dance, error, heard }: Login, stage: Stage): Promise<void> {
  const { row } = stage
  const { asks, takes = {}, profile, asksFor } = row
  assert.equal(error?.code, undefined, 'a login with all that one may say')
  const query: readonly string[] = seen(stage, 'authorize').at(-1)?.query ?? []
  assert.deepEqual(
    Object.keys(takes).filter((name) => !query.includes(name)),
    [],
    'what a login adds',
  )
  if (asks) {
    // An ID token of the provider has a name of its own on the exchange's wire, and no scope.
    const expected = asks.filter((scope) => row.route === 'direct' || scope !== 'openid')
    assert.deepEqual(heard?.scopes.toSorted(), expected.toSorted(), 'scopes')
  }
  for (const request of row.alsoCalls ?? []) await call(dance, row, request)
  const { picture: _, ...known } = await dance.session(row.id).profile()
  const { picture: __, ...expected } = { ...profile, ...asksFor }
  if (asksFor) assert.deepEqual(known, expected, 'what its scopes let be read')
}

/** Unasked only what ends this session alone; and what else a revocation ends, it does end. */
async function signOut(other: Dance, stage: Stage, open: () => Promise<Login>): Promise<void> {
  const { row, provider } = stage
  const outcome = async (revoke?: true): Promise<string | undefined> => {
    const { dance } = await open()
    const { refreshable } = dance.getState().sessions[row.id] ?? {}
    assert.equal(refreshable, row.refreshes || row.api === 'exchange', 'refreshable')
    await callMe(dance, row)
    const request = stage.providers.asked.last
    const { sessions } = await dance.logout(row.id, revoke ? { revoke } : {})
    assert.equal(statusOf(dance, stage), 'signed-out', 'after a sign-out')
    const revocation = sessions[0]?.revocation
    if (revocation === 'done' && request) {
      const text = await (await stage.providers.fetch(request)).text()
      assert.ok(!text.includes(row.profile.id), 'the token works after a sign-out')
    }
    return revocation
  }
  assert.equal(await outcome(), row.revokes === 'always' ? 'done' : 'skipped', 'an untold sign-out')
  const statuses = () => seen(stage, 'revocation').map(({ status }) => status < 300)
  if (row.revokes === 'when told') assert.equal(await outcome(true), 'done', 'a told sign-out')
  assert.deepEqual(statuses(), row.revokes === 'never' ? [] : [true], 'revocations')
  if (row.revokes === 'never' || !row.call) return
  const lives = await callMe(other, row).then(
    () => true,
    () => false,
  )
  const ends = provider.revocation?.ends
  assert.equal(lives, ends !== 'user', `another session, where a revocation ends ${ends}`)
}

/** What the provider has ended can't be refreshed, and the session says so. */
async function endByProvider({ dance }: Login, stage: Stage): Promise<void> {
  const { row, providers } = stage
  // Without an API there is nothing to find it out by.
  if (!row.call) return
  providers.control.revoke(row.provider.id)
  await assert.rejects(callMe(dance, row), 'a call after the provider has ended the session')
  if (row.refreshes) {
    assert.equal(statusOf(dance, stage), 'expired', 'after the provider has ended the session')
  }
}
