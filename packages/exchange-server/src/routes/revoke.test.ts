import { discord } from '@spa-dance/providers/discord'
import { github } from '@spa-dance/providers/github'
import { slack } from '@spa-dance/providers/slack'
import { describe, expect, it } from 'vitest'
import { newSealKey, reply, rig, verifier, type Rig } from '../testing-internal/harness.ts'

const github1 = { provider: github(), clientId: 'gh-id', clientSecret: 's' }
const discord1 = { provider: discord(), clientId: 'd-id', clientSecret: 's' }
const rotating = { access_token: 'at', token_type: 'Bearer', expires_in: 60, refresh_token: 'rt' }

async function signIn(
  r: Rig,
  client: string,
): Promise<{ access_token: string; refresh_token: string }> {
  r.upstream.on('github.com/login/oauth/access_token', reply(rotating))
  r.upstream.on('discord.com/api/oauth2/token', reply(rotating))
  const code = await r.code(client, { code: 'c' })
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier }
  const tokens = await (await r.post(`/${client}/token`, form)).json()
  r.upstream.seen.length = 0
  return tokens
}

const revoke = (r: Rig, path: string, token: string | undefined): Promise<Response> =>
  r.post(path, { token, token_type_hint: 'refresh_token' }, { dpop: null })

describe('POST /<name>/revoke', () => {
  it('gives back what a handle holds', async () => {
    const r = await rig({ clients: { discord: discord1 } })
    const { refresh_token: handle } = await signIn(r, 'discord')
    r.upstream.on('discord.com/api/oauth2/token/revoke', reply({}))
    expect((await revoke(r, '/discord/revoke', handle)).status).toBe(200)
    const asked = Object.fromEntries(new URLSearchParams(r.upstream.seen[0]?.body))
    expect(asked).toMatchObject({ token: 'rt', token_type_hint: 'refresh_token' })
  })

  it.each(['access_token', 'refresh_token'] as const)(
    'gives back the access token of GitHub by the %s',
    async (member) => {
      const r = await rig({ clients: { github: github1 } })
      const tokens = await signIn(r, 'github')
      r.upstream.on(
        'api.github.com/applications/gh-id/token',
        () => new Response(null, { status: 204 }),
      )
      expect((await revoke(r, '/github/revoke', tokens[member])).status).toBe(200)
      expect(r.upstream.seen[0]?.body).toBe('{"access_token":"at"}')
    },
  )

  it('answers 200 with {} to what is unknown, foreign or of a key that is gone', async () => {
    const r = await rig({ clients: { github: github1, discord: discord1 } })
    const { refresh_token: handle } = await signIn(r, 'github')
    const elsewhere = await signIn(
      await rig({ clients: { github: github1 }, sealKeys: [newSealKey('x')] }),
      'github',
    )
    for (const [path, token] of [
      ['/discord/revoke', handle],
      ['/github/revoke', elsewhere.refresh_token],
      ['/github/revoke', `${handle.slice(0, -4)}AAAA`],
    ] as const) {
      const answer = await revoke(r, path, token)
      expect([answer.status, await answer.json()]).toEqual([200, {}])
    }
    expect(r.upstream.seen).toEqual([])
    r.upstream.on('api.github.com/applications/gh-id/token', reply({}, 404))
    expect((await revoke(r, '/github/revoke', 'gho_unknown')).status).toBe(200)
    const unknown = reply({ error: 'invalid_token', error_description: 'Token expired' }, 400)
    r.upstream.on('discord.com/api/oauth2/token/revoke', unknown)
    expect((await revoke(r, '/discord/revoke', 'ya29.unknown')).status).toBe(200)
  })

  it('says so where the provider is down, refuses, or has no way to revoke', async () => {
    const { revocation: _, ...without } = github()
    const r = await rig({
      clients: { github: github1, plain: { ...github1, provider: without } },
    })
    const at = 'api.github.com/applications/gh-id/token'
    const error = async (path: string): Promise<[number, string]> => {
      const answer = await revoke(r, path, 'gho_1')
      return [answer.status, (await answer.json()).error]
    }
    r.upstream.on(at, reply('', 503), reply('', 401))
    expect(await error('/github/revoke')).toEqual([503, 'temporarily_unavailable'])
    expect(await error('/github/revoke')).toEqual([502, 'server_error'])
    expect(await error('/plain/revoke')).toEqual([400, 'unsupported_token_type'])
    expect((await revoke(r, '/github/revoke', undefined)).status).toBe(400)
  })

  it('finds a refusal that is hidden under status 200, and takes a dead token for done', async () => {
    const provider = slack()
    const r = await rig({ clients: { slack: { provider, clientId: 'id', clientSecret: 's' } } })
    const [done, dead, refused] = [
      { ok: true, revoked: true },
      { ok: false, error: 'token_revoked' },
      { ok: false, error: 'fatal_error' },
    ]
    r.upstream.on('slack.com/api/auth.revoke', reply(done), reply(dead), reply(refused))
    expect((await revoke(r, '/slack/revoke', 'xoxp-1')).status).toBe(200)
    expect((await revoke(r, '/slack/revoke', 'xoxp-1')).status).toBe(200)
    expect((await revoke(r, '/slack/revoke', 'xoxp-1')).status).toBe(502)
  })
})
