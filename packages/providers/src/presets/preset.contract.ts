import { describe, expect, it } from 'vitest'
import { checkProvider } from '../protocol/check.ts'
import { apiUrl } from '../protocol/api-url.ts'
import { authorizationParams, authorizationUrl } from '../protocol/authorization.ts'
import { isPlain } from '../protocol/plain.ts'
import { readProfile } from '../protocol/profile.ts'
import { readTokenReply } from '../protocol/token-reply.ts'
import { tokenRequest } from '../protocol/token-request.ts'
import type { OAuth1Provider, OAuth2Provider, Profile } from '../types.ts'

/** What a preset's test has to bring along: answers as the provider's own docs show them. */
export interface PresetFacts {
  /** A token endpoint's body, and the scopes that it grants. Not for OAuth 1.0a. */
  readonly tokenReply?: { readonly body: string; readonly scopes?: readonly string[] }
  /** What it makes of the challenge that RFC 7636 has as its example, where that is another. */
  readonly challenge?: string
  /** An answer to the profile request, and what has to come out. Not where there is no API. */
  readonly profile?: { readonly reply: unknown; readonly read: Profile }
}

const request = {
  clientId: 'the-client',
  redirectUri: 'https://auth.example.com/x/callback',
  state: 'the-state',
  scopes: ['one', 'two'],
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
}

/** Runs what every preset must satisfy. `facts` are the provider's, not the preset's. */
export function testPreset(provider: OAuth2Provider | OAuth1Provider, facts: PresetFacts): void {
  describe(`the contract of presets: ${provider.id}`, () => {
    it('has nothing that its check complains of', () => {
      expect(checkProvider(provider)).toEqual([])
    })

    it('is plain, so that a page loads no check for it, unless it learns where an API is', () => {
      expect(isPlain(provider)).toBe(!('learnt' in provider))
    })

    it('is plain data but for its pure functions, and has no room for a secret', () => {
      const text = JSON.stringify(provider)
      expect(text).not.toMatch(/secret|private/i)
      expect(structuredClone(JSON.parse(text))).toEqual(JSON.parse(text))
    })

    it('resolves /path and path below its API, and nothing outside it', () => {
      const below = { url: new URL('some/path?q=1', provider.api.baseUrl) }
      expect(apiUrl(provider.api, '/some/path?q=1')).toEqual(below)
      expect(apiUrl(provider.api, 'some/path?q=1')).toEqual(below)
      expect(apiUrl(provider.api, 'https://evil.example/')).toHaveProperty('refused')
    })

    it('asks for a profile inside its API and reads it', () => {
      const profile = provider.profile
      expect(profile === undefined).toBe(facts.profile === undefined)
      if (!profile || !facts.profile) return
      expect(apiUrl(provider.api, profile.path)).toHaveProperty('url')
      expect(readProfile(profile, facts.profile.reply)).toEqual(facts.profile.read)
      for (const broken of [undefined, null, {}, [], 'text', 5, { data: null }]) {
        expect(readProfile(profile, broken)).toBeUndefined()
      }
    })

    it('sends no parameter of the protocol among its own', () => {
      const params = authorizationParams(provider, {
        prompt: 'consent',
        loginHint: 'ada@example.com',
        params: { state: 'evil', client_id: 'evil', redirect_uri: 'https://evil.example' },
      })
      expect(Object.keys(params)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(state|client_id|redirect_uri)$/)]),
      )
    })

    if (provider.protocol === 'oauth1') return
    const { tokenReply } = facts

    it('keeps the guards of an authorization URL as the protocol set them', () => {
      const query = authorizationUrl(provider, request).searchParams
      expect(query.get('response_type')).toBe('code')
      expect(query.get('client_id')).toBe(request.clientId)
      expect(query.get('redirect_uri')).toBe(request.redirectUri)
      expect(query.get('state')).toBe(request.state)
      expect(query.get('code_challenge')).toBe(facts.challenge ?? request.codeChallenge)
      expect(query.get('code_challenge_method')).toBe('S256')
      expect(new Set(query.keys()).size).toBe([...query.keys()].length)
    })

    it('sends a secret in one place only, and none where there is none', () => {
      const grant = { type: 'refresh_token', refreshToken: 'r' } as const
      const without = tokenRequest(provider, { clientId: 'id' }, grant)
      expect(`${without.body}${without.headers['Authorization']}`).not.toContain('secret')
      const { body, headers } = tokenRequest(
        provider,
        { clientId: 'id', clientSecret: 's3cr3t' },
        grant,
      )
      const places = [body.includes('s3cr3t'), headers['Authorization'] !== undefined]
      expect(places.filter(Boolean)).toHaveLength(1)
    })

    it('reads its own token reply', () => {
      if (!tokenReply) throw new Error('an OAuth 2 preset brings a token reply')
      const result = readTokenReply(provider, 200, tokenReply.body)
      expect(result).toMatchObject({ kind: 'tokens', tokens: { tokenType: 'Bearer' } })
      expect('tokens' in result && result.tokens.scopes).toEqual(tokenReply.scopes)
    })

    it('knows a dead grant from an outage', () => {
      expect(readTokenReply(provider, 400, '{"error":"invalid_grant"}')).toMatchObject({
        dead: true,
      })
      expect(readTokenReply(provider, 400, '{"error":"slow_down"}')).toMatchObject({ dead: false })
      expect(readTokenReply(provider, 502, '<html>')).toMatchObject({ kind: 'unreadable' })
    })
  })
}
