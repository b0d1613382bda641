import { onGet, onPost, type Counterpart, type Route } from '../counterpart.ts'
import { signedApi } from '../oauth1/api.ts'
import { authorize } from '../oauth1/authorize.ts'
import { accessToken, requestToken } from '../oauth1/credentials.ts'
import type { Fault, OAuth1Rules } from '../oauth1/verify.ts'
import { form } from '../serve/reply.ts'
import { randomText } from '../state.ts'
import { avatar, createIssue, jiraLook, me } from './jira-api.ts'

/** The words of OAuth 1.0's Problem Reporting extension, which Atlassian's servers speak. */
const problems: Readonly<Record<Fault, string>> = {
  malformed: 'parameter_rejected',
  method: 'signature_method_rejected',
  client: 'consumer_key_unknown',
  token: 'token_rejected',
  signature: 'signature_invalid',
  timestamp: 'timestamp_refused',
  nonce: 'nonce_used',
  callback: 'parameter_rejected',
  verifier: 'permission_denied',
}

const rules: OAuth1Rules = {
  signature: 'RSA-SHA1',
  clockTolerance: 300,
  requestTokenLifetime: 600,
  refuse: (fault) =>
    form({ oauth_problem: problems[fault] }, /malformed|callback/.test(fault) ? 400 : 401),
}

const lifetimes = (): Record<string, string> => ({
  oauth_expires_in: '157680000',
  oauth_session_handle: randomText(20),
  oauth_authorization_expires_in: '160272000',
})
const declined = (token: string): Record<string, string> => ({
  oauth_token: token,
  oauth_verifier: 'denied',
})

/** An installation lives at the root of its host, or below a context path. */
const installation = (context: string): readonly Route[] => {
  const oauth = `${context}/plugins/servlet/oauth`
  const rest = `${context}/rest/api/2`
  return [
    onPost(`${oauth}/request-token`, 'token', requestToken(rules)),
    onGet(`${oauth}/authorize`, 'authorize', authorize({ declined })),
    onPost(
      `${oauth}/access-token`,
      'token',
      accessToken(rules, lifetimes, () => ''),
    ),
    onGet(`${rest}/myself`, 'api', signedApi(rules, me)),
    onPost(`${rest}/issue`, 'api', signedApi(rules, createIssue)),
    onGet(`${context}/secure/useravatar`, 'asset', avatar),
  ]
}

/**
 * JIRA Data Center behind an application link: OAuth 1.0a by RSA-SHA1 alone, at the root and below
 * `/jira`. No CORS, no revocation. Facts: Atlassian's docs and clients, checked 2026-11-23.
 */
export const jira: Counterpart = {
  id: 'jira',
  name: 'JIRA',
  hosts: ['jira.example.com'],
  look: jiraLook,
  scopes: { all: 'Read and write data on this site for you' },
  publicClients: false,
  publicKeys: true,
  signed: true,
  tokensExpire: false,
  account: ({ handle }) => handle,
  routes: ['', '/jira'].flatMap(installation),
}
