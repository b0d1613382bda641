import { meetup } from './meetup.ts'
import { testPreset } from './preset.contract.ts'

testPreset(meetup(), {
  tokenReply: {
    body: '{"access_token":"a","refresh_token":"r","token_type":"bearer","expires_in":3600,"scope":"basic"}',
    scopes: ['basic'],
  },
  profile: {
    reply: { data: { self: { id: '1234', name: 'Cool Developer', email: 'dev@example.com' } } },
    read: { id: '1234', name: 'Cool Developer', email: 'dev@example.com' },
  },
})
