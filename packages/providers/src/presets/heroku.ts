import type { OAuth2Provider } from '../types.ts'

export interface HerokuOptions {
  /** Of the Platform API, which every call names in its `Accept` header. @default 3 */
  apiVersion?: number
}

/**
 * Heroku. It wants a secret, so the exchange asks for tokens. Register `<exchange>/heroku/callback` as
 * the callback URL of an API client.
 *
 * Facts checked 2026-11-23: Heroku's docs (OAuth), Flask-Dance. That any page may call the API, and
 * that a token lives 8 hours, is likely.
 */
export const heroku = ({ apiVersion = 3 }: HerokuOptions = {}): OAuth2Provider => ({
  id: 'heroku',
  name: 'Heroku',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: { url: 'https://id.heroku.com/oauth/authorize' },
  token: { url: 'https://id.heroku.com/oauth/token' },
  pkce: false,
  api: {
    baseUrl: 'https://api.heroku.com/',
    cors: true,
    headers: { Accept: `application/vnd.heroku+json; version=${apiVersion}` },
  },
  scopes: ['identity'],
  profile: { path: 'account', read: ({ id, name, email }) => ({ id, name, email }) },
})
