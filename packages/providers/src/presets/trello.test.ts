import { expect, it } from 'vitest'
import { authorizationParams } from '../protocol/authorization.ts'
import { testPreset } from './preset.contract.ts'
import { trello } from './trello.ts'

const id = '5b02e7f4e1facdc393169f9d'

testPreset(trello(), {
  profile: {
    reply: {
      id,
      username: 'bobloblaw',
      fullName: 'Bob Loblaw',
      email: null,
      avatarUrl: `https://trello-members.s3.amazonaws.com/${id}/db2adf03`,
    },
    read: {
      id,
      name: 'Bob Loblaw',
      picture: `https://trello-members.s3.amazonaws.com/${id}/db2adf03/170.png`,
    },
  },
})

it('asks to read, for thirty days, unless told otherwise', () => {
  const { authorization, accessToken } = trello()
  expect(authorization.url).toMatch(/\?scope=read$/)
  expect(authorizationParams(trello())).toEqual({ expiration: '30days' })
  expect(accessToken.lifetime).toBe(2_592_000)
})

it('takes scopes, a name and a time', () => {
  const mine = trello({ name: 'Acme', scope: ['read', 'account'], expiration: 'never' })
  expect(new URL(mine.authorization.url).searchParams.get('scope')).toBe('read,account')
  expect(authorizationParams(mine)).toEqual({ name: 'Acme', expiration: 'never' })
  expect(mine.accessToken.lifetime).toBeUndefined()
})
