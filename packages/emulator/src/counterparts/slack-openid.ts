import { onGet, onPost, type Call, type Counterpart } from '../counterpart.ts'
import { authorize } from '../oauth2/authorize.ts'
import { jwks } from '../oauth2/id-token.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import type { Grant } from '../state.ts'
import {
  cors,
  imageHost,
  method,
  methodRoutes,
  pictureOf,
  refuse,
  sharedRoutes,
  team,
  userIdOf,
} from './slack-api.ts'
import { slackMark } from './slack-mark.ts'

const claims = ({ person, scopes }: Grant, call: Call): Readonly<Record<string, unknown>> => ({
  sub: userIdOf(person),
  'https://slack.com/user_id': userIdOf(person),
  'https://slack.com/team_id': team.id,
  ...(scopes.includes('email') &&
    person.email !== null && { email: person.email, email_verified: true }),
  ...(scopes.includes('profile') && {
    name: person.name ?? person.handle,
    ...(person.picture && {
      picture: pictureOf(person, call),
      'https://slack.com/user_image_512': pictureOf(person, call),
    }),
  }),
})

const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'optional',
  refusesVerifierWithSecret: true,
  mayOmit: ['redirect_uri'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / / },
  codeLifetime: 600,
  tokenLifetime: 43_200,
  tokenType: 'Bearer',
  tokenPrefix: { access: 'xoxe.xoxp-1-', refresh: 'xoxe-1-' },
  refresh: { endsOldAccess: false },
  openid: { issuer: ({ origin }) => origin(), lifetime: 300, claims },
  arrange: (members) => ({ ok: true, ...members }),
  reply: 'json',
  redirectUriAtToken: 'required',
  refuse,
}

/** Sign in with Slack. Facts: docs.slack.dev and Slack's discovery document, checked 2026-11-23. */
export const slackOpenid: Counterpart = {
  id: 'slack-openid',
  name: 'Slack',
  hosts: ['slack.com', imageHost],
  look: slackMark,
  scopes: {
    openid: 'Know who you are on Slack',
    profile: 'See your name and picture',
    email: 'See your e-mail address',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/openid/connect/authorize', 'authorize', authorize(rules)),
    onGet('/openid/connect/keys', 'other', jwks, { cors }),
    onPost('/api/openid.connect.token', 'token', token(rules), { cors }),
    ...methodRoutes('openid.connect.userInfo', method('openid', claims)),
    ...sharedRoutes,
  ],
}
