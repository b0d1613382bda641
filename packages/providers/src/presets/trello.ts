import type { OAuth1Provider } from '../types.ts'

export interface TrelloOptions {
  /** What the consent page calls the app. Without it: an unknown application. */
  name?: string
  /** `account` adds the e-mail address, and `write` changes of the person's own settings. @default ['read'] */
  scope?: readonly ('read' | 'write' | 'account')[]
  /** How long a sign-in lasts: there is no refresh. @default '30days' */
  expiration?: '1hour' | '1day' | '30days' | 'never'
}

const lifetimes = { '1hour': 3600, '1day': 86_400, '30days': 2_592_000, never: undefined }

/**
 * Trello over OAuth 1.0a: the exchange signs and relays each call. Register the exchange's origin as an
 * allowed origin of the Power-Up's API key; the callback is `<exchange>/trello/callback`.
 *
 * Facts checked 2026-11-23: Trello's developer docs, social-core, scribejava. How it says that a person
 * declined is not documented: whoever comes back without a verifier counts as having declined.
 */
export const trello = ({
  name,
  scope = ['read'],
  expiration = '30days',
}: TrelloOptions = {}): OAuth1Provider<'HMAC-SHA1'> => ({
  id: 'trello',
  name: 'Trello',
  protocol: 'oauth1',
  route: 'exchange',
  signature: 'HMAC-SHA1',
  requestToken: { url: 'https://trello.com/1/OAuthGetRequestToken' },
  authorization: {
    url: `https://trello.com/1/OAuthAuthorizeToken?scope=${scope.join()}`,
    params: { name, expiration },
  },
  accessToken: {
    url: 'https://trello.com/1/OAuthGetAccessToken',
    lifetime: lifetimes[expiration],
  },
  revocation: { url: 'https://api.trello.com/1/tokens/{token}', method: 'DELETE', ends: 'token' },
  api: { baseUrl: 'https://api.trello.com/1/', cors: false },
  profile: {
    path: 'members/me?fields=username,fullName,email,avatarUrl',
    read: (me) => ({
      id: me.id,
      name: me.fullName ?? me.username,
      email: me.email,
      picture: me.avatarUrl && `${me.avatarUrl}/170.png`,
    }),
  },
})
