import { onGet, onPost, type Call, type Counterpart } from '../counterpart.ts'
import { authorize } from '../oauth2/authorize.ts'
import type { Members, OAuth2Rules, Redeemed, Reply } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people } from '../people.ts'
import { keep, randomText, type Grant } from '../state.ts'
import {
  botPrefix,
  cors,
  failure,
  imageHost,
  isBot,
  method,
  methodRoutes,
  pictureOf,
  refuse,
  sharedRoutes,
  team,
  userIdOf,
} from './slack-api.ts'
import { slackMark } from './slack-mark.ts'

const botUserId = 'U0EMULBOT'
/** Of an app whose tokens rotate. Slack switches that on per app; here all have it. */
const lifetime = 43_200
const names = (text: string | null): string[] =>
  (text ?? '').split(',').filter((scope) => scope !== '')

/** Tokens of a person, beside the bot's. */
function alsoForPerson(grant: Grant, { state, now }: Call): Members {
  const scopes = grant.scopes.filter((scope) => !scope.startsWith(botPrefix))
  const own: Grant = { ...grant, scopes }
  const [access, refresh] = [`xoxe.xoxp-1-${randomText()}`, `xoxe-1-${randomText()}`]
  const seconds = state.tokenLifetime ?? lifetime
  keep(state.tokens, access, { kind: 'access', grant: own, expiresAt: now + seconds * 1000 })
  keep(state.tokens, refresh, { kind: 'refresh', grant: own, expiresAt: Infinity })
  const scope = scopes.join(',')
  return { scope, access_token: access, refresh_token: refresh, expires_in: seconds }
}

/** The bot's token lies at the top, the person's in `authed_user`; a refresh has its own at the top. */
function arrange(members: Members, { grant, refreshToken }: Redeemed, call: Call): Reply {
  const { access_token, refresh_token, expires_in } = members
  const tokens = { access_token, refresh_token, expires_in }
  const bot = isBot(grant)
  const own = grant.scopes.filter((scope) => scope.startsWith(botPrefix) === bot)
  const scope = own.map((name) => name.replace(botPrefix, '')).join(',')
  const app = { ok: true, app_id: 'A0EMULATOR', team, enterprise: null }
  const forBot = { ...app, ...tokens, scope, token_type: 'bot', bot_user_id: botUserId }
  if (refreshToken) return bot ? forBot : { ...app, ...tokens, scope, token_type: 'user' }
  const id = userIdOf(grant.person)
  if (!bot) return { ...app, authed_user: { id, ...tokens, scope, token_type: 'user' } }
  const also = own.length < grant.scopes.length && {
    ...alsoForPerson(grant, call),
    token_type: 'user',
  }
  return { ...forBot, authed_user: { id, ...also } }
}

const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'required-of-public-clients',
  refusesVerifierWithSecret: true,
  mayOmit: ['response_type', 'redirect_uri'],
  unknownScopes: 'refused',
  scopeSeparator: { request: /,/ },
  scopesOf: (query) => [
    ...names(query.get('scope')).map((scope) => botPrefix + scope),
    ...names(query.get('user_scope')),
  ],
  codeLifetime: 600,
  tokenLifetime: lifetime,
  tokenType: 'user',
  tokenPrefix: { access: 'xoxe.xoxp-1-', refresh: 'xoxe-1-' },
  refresh: { endsOldAccess: false },
  arrange,
  reply: 'json',
  redirectUriAtToken: 'required',
  refuse,
}

const test = (grant: Grant): unknown => ({
  url: 'https://emulated.slack.com/',
  team: team.name,
  team_id: team.id,
  user: isBot(grant) ? 'emulated_bot' : grant.person.handle,
  user_id: isBot(grant) ? botUserId : userIdOf(grant.person),
  ...(isBot(grant) && { bot_id: 'B0EMULBOT' }),
})

const info = ({ scopes }: Grant, call: Call): unknown => {
  const id = call.form?.get('user') ?? call.url.searchParams.get('user')
  const person = people.find((one) => userIdOf(one) === id)
  if (!person) return failure('user_not_found')
  const { handle, name, email } = person
  const mayMail = scopes.some((scope) => scope.endsWith('users:read.email'))
  return {
    user: {
      id,
      team_id: team.id,
      name: handle,
      real_name: name ?? handle,
      profile: { image_512: pictureOf(person, call), ...(mayMail && email !== null && { email }) },
    },
  }
}

const plain: Readonly<Record<string, string>> = {
  'users:read': 'View people in a workspace',
  'users:read.email': 'View e-mail addresses of people in a workspace',
  'channels:read': 'View basic information about public channels',
  'chat:write': 'Send messages',
}

/**
 * Slack's OAuth v2, towards an app whose tokens rotate. Facts: docs.slack.dev, node-slack-sdk,
 * checked 2026-11-23. That the token endpoint answers pages is not documented.
 */
export const slack: Counterpart = {
  id: 'slack',
  name: 'Slack',
  hosts: ['slack.com', imageHost],
  look: slackMark,
  scopes: {
    ...plain,
    ...Object.fromEntries(
      Object.entries(plain).map(([scope, words]) => [botPrefix + scope, `${words}, as a bot`]),
    ),
  },
  publicClients: true,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/oauth/v2/authorize', 'authorize', authorize(rules)),
    onPost('/api/oauth.v2.access', 'token', token(rules), { cors }),
    ...methodRoutes('auth.test', method(undefined, test)),
    ...methodRoutes('users.info', method('users:read', info)),
    ...sharedRoutes,
  ],
}
