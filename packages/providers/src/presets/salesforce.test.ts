import { expect, it } from 'vitest'
import { readTokenReply } from '../protocol/token-reply.ts'
import { testPreset } from './preset.contract.ts'
import { salesforce } from './salesforce.ts'

/** As Salesforce's help shows it. */
const reply = {
  access_token: '00Dx!AQ4A',
  refresh_token: '5Aep861',
  signature: 'CMJ4l+CCaPQiKjoOEwEig9H4wqhpuLSk4J2urAe+fVg=',
  scope: 'refresh_token api id',
  instance_url: 'https://mycompany.my.salesforce.com',
  id: 'https://login.salesforce.com/id/00Dx0000000BV7z/005x00000012Q9P',
  token_type: 'Bearer',
  issued_at: '1278448384422',
}
const facts = {
  tokenReply: { body: JSON.stringify(reply), scopes: ['refresh_token', 'api', 'id'] },
  profile: {
    reply: {
      sub: 'https://login.salesforce.com/id/00Dx0000000BV7z/005x00000012Q9P',
      user_id: '005x00000012Q9P',
      name: 'Ada',
      email: 'ada@example.com',
      picture: 'https://mycompany.my.salesforce.com/profilephoto/729/F',
    },
    // A picture wants the token.
    read: { id: '005x00000012Q9P', name: 'Ada', email: 'ada@example.com' },
  },
}

testPreset(salesforce(), facts)
testPreset(salesforce({ host: 'mycompany.my.salesforce.com', direct: true }), facts)

it('says where the org is, and when a token ends only by a 401', () => {
  expect(readTokenReply(salesforce(), 200, JSON.stringify(reply))).toEqual({
    kind: 'tokens',
    tokens: expect.objectContaining({ apiOrigin: 'https://mycompany.my.salesforce.com' }),
  })
  const { tokens } = readTokenReply(salesforce(), 200, JSON.stringify(reply)) as never
  expect(tokens).not.toHaveProperty('expiresIn')
})

it.each([
  'https://evil.example',
  'https://my.salesforce.com.evil.example',
  'https://a.my.site.com',
])('X-58: takes no org at %s', (instance_url) => {
  const body = JSON.stringify({ ...reply, instance_url })
  expect(readTokenReply(salesforce(), 200, body)).toMatchObject({ kind: 'unreadable' })
})

it('asks the host that it is given', () => {
  expect(salesforce({ sandbox: true }).token.url).toBe(
    'https://test.salesforce.com/services/oauth2/token',
  )
  const host = 'Example.my.salesforce.mil'
  const { token, learnt, route } = salesforce({ host })
  expect(token.url).toBe('https://example.my.salesforce.mil/services/oauth2/token')
  expect(learnt?.apiOrigin?.within).toContain('https://example.my.salesforce.mil')
  expect(route).toBe('exchange')
})

it.each([
  '',
  'example',
  'https://example.my.salesforce.com',
  'a.example/x',
  'a.example:1',
  'a@b.c',
])('complains of the host %j', (host) => {
  expect(() => salesforce({ host })).toThrow('needs a host like')
})

it('leaves the page a dance of its own at a My Domain only', () => {
  expect(() => salesforce({ direct: true })).toThrow('needs a host like')
  const { route, api } = salesforce({ host: 'a.my.salesforce.com', direct: true })
  expect([route, api.cors]).toEqual(['direct', true])
})
