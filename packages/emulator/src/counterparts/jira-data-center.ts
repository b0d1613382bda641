import { onGet, onPost, type Counterpart, type Route } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { avatar, createIssue, jiraLook, me } from './jira-api.ts'

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'optional',
  mayOmit: [],
  unknownScopes: 'refused',
  // The reply says nothing of scopes.
  scopeSeparator: { request: / / },
  codeLifetime: 600,
  tokenLifetime: 7200,
  tokenType: 'bearer',
  refresh: { wantsRedirectUri: true, endsOldAccess: false },
  members: (_grant, { now }) => ({ created_at: Math.floor(now / 1000) }),
  reply: 'json',
  redirectUriAtToken: 'required',
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({
    message: 'Client must be authenticated to access this resource.',
    'status-code': 401,
  }),
  missingScope: { message: 'The token does not have the required scope.', 'status-code': 403 },
}

/** Each scope includes those before it. */
const scopes = {
  READ: 'View projects and issues that you can see',
  WRITE: 'Create, change and delete what you can change',
  ADMIN: 'Administer Jira for you',
  SYSTEM_ADMIN: 'Administer the whole installation for you',
}
const readers = Object.keys(scopes)
const writers = readers.slice(1)

/** An installation lives at the root of its host, or below a context path. */
const installation = (context: string): readonly Route[] => {
  const oauth = `${context}/rest/oauth2/latest`
  const rest = `${context}/rest/api/2`
  return [
    onGet(`${oauth}/authorize`, 'authorize', authorize(rules)),
    onPost(`${oauth}/token`, 'token', token(rules)),
    onGet(`${rest}/myself`, 'api', api(apiRules, readers, me)),
    onPost(`${rest}/issue`, 'api', api(apiRules, writers, createIssue)),
    onGet(`${context}/secure/useravatar`, 'asset', avatar),
  ]
}

/**
 * Jira Data Center behind an incoming link over OAuth 2.0, at the root and below `/jira`. No page is
 * on its allow-list, so it has no CORS. Facts: Atlassian's docs (Jira OAuth 2.0 provider API),
 * checked 2026-11-23.
 */
export const jiraDataCenter: Counterpart = {
  id: 'jira-data-center',
  name: 'Jira Data Center',
  hosts: ['jira.example.com'],
  look: jiraLook,
  scopes,
  publicClients: false,
  tokensExpire: true,
  account: ({ handle }) => handle,
  routes: ['', '/jira'].flatMap(installation),
}
