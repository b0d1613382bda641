import { describe, expect, it } from 'vitest'
import { readTokenReply } from './token-reply.ts'

const provider = { token: { url: 'https://acme.example/token' } }
const read = (body: string, status = 200) => readTokenReply(provider, status, body)
const json = (members: object, status = 200) => read(JSON.stringify(members), status)
const good = { access_token: 'a', token_type: 'bearer' }

describe('a token reply', () => {
  it('is read whole', () => {
    expect(
      json({ ...good, expires_in: 3600, refresh_token: 'r', scope: 'x  y', id_token: 'i.d.t' }),
    ).toEqual({
      kind: 'tokens',
      tokens: {
        accessToken: 'a',
        tokenType: 'Bearer',
        expiresIn: 3600,
        refreshToken: 'r',
        scopes: ['x', 'y'],
        idToken: 'i.d.t',
      },
    })
  })

  it('is read as a form when it is one, whatever it is labelled', () => {
    expect(read('access_token=a&expires_in=60&token_type=bearer')).toEqual({
      kind: 'tokens',
      tokens: { accessToken: 'a', tokenType: 'Bearer', expiresIn: 60 },
    })
  })

  it.each(['Bearer', 'BEARER', 'bearer', 'bot', 'user', undefined, null, ''])(
    'takes the token type %j for Bearer',
    (token_type) => {
      expect(json({ ...good, token_type })).toMatchObject({ tokens: { tokenType: 'Bearer' } })
    },
  )

  it('tells a token that is bound to a key', () => {
    expect(json({ ...good, token_type: 'dpop' })).toMatchObject({ tokens: { tokenType: 'DPoP' } })
  })

  it('takes scopes from a list too', () => {
    expect(json({ ...good, scope: ['a', 'b'] })).toMatchObject({ tokens: { scopes: ['a', 'b'] } })
  })

  it('gives the declared account as text', () => {
    const result = readTokenReply(
      { ...provider, account: 'user_id' },
      200,
      JSON.stringify({ ...good, user_id: 42 }),
    )
    expect(result).toMatchObject({ tokens: { account: '42' } })
  })

  it('passes a hook first, which may unwrap it', () => {
    const result = readTokenReply(
      { ...provider, hooks: { tokenReply: (reply) => reply['body'] as Record<string, unknown> } },
      200,
      JSON.stringify({ body: good }),
    )
    expect(result).toMatchObject({ kind: 'tokens' })
  })

  it('is an error when it has one, at any status', () => {
    expect(json({ ...good, error: 'bad', error_description: 'why' })).toEqual({
      kind: 'refused',
      error: 'bad',
      description: 'why',
      dead: false,
    })
    expect(json({ error: { code: 190 } }, 400)).toMatchObject({ error: 'server_error' })
    expect(json({ error: 'a"b\u0000' }, 400)).toMatchObject({ error: 'server_error' })
  })

  it('cuts a long description', () => {
    const result = json({ error: 'x', error_description: 'y'.repeat(5_000) })
    expect(result).toMatchObject({ description: 'y'.repeat(512) })
  })

  it.each([
    ['html', '<!doctype html><p>hello', 200],
    ['nothing', '', 200],
    ['null', 'null', 200],
    ['a list', '[]', 200],
    ['a number', '5', 200],
    ['text', '"token"', 200],
    ['an empty object', '{}', 200],
    ['broken JSON', '{"access_token":"a"', 200],
    ['no content', '', 204],
    ['a redirect', JSON.stringify(good), 302],
    ['a failure without an error', JSON.stringify(good), 500],
    ['a token that is a number', JSON.stringify({ ...good, access_token: 5 }), 200],
    ['an empty token', JSON.stringify({ ...good, access_token: '' }), 200],
    ['an unknown token type', JSON.stringify({ ...good, token_type: 'mac' }), 200],
    ['a token type that is a number', JSON.stringify({ ...good, token_type: 1 }), 200],
    ['a lifetime below zero', JSON.stringify({ ...good, expires_in: -1 }), 200],
    ['a lifetime that is text', JSON.stringify({ ...good, expires_in: 'soon' }), 200],
    ['a member twice in a form', 'access_token=a&access_token=b', 200],
    ['a prototype', '{"__proto__":{"access_token":"a","token_type":"bearer"}}', 200],
  ])('B-28: is refused when it is %s', (_, body, status) => {
    const result = read(body, status)
    expect(result).toEqual({ kind: 'unreadable', reason: expect.any(String) })
    expect(Object.hasOwn(Object.prototype, 'access_token')).toBe(false)
  })
})
