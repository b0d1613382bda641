import { onGet, onPost, type Call, type Counterpart, type Route } from '../counterpart.ts'
import { signedApi } from '../oauth1/api.ts'
import { authorize } from '../oauth1/authorize.ts'
import { accessToken, requestToken } from '../oauth1/credentials.ts'
import type { Fault, OAuth1Rules } from '../oauth1/verify.ts'
import { people, portrait, type Person } from '../people.ts'
import { readJson } from '../serve/read.ts'
import { form, json, svg } from '../serve/reply.ts'
import { randomText, type Grant } from '../state.ts'

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

const keyOf = ({ number }: Person): string => `JIRAUSER${number}`

const me = ({ person }: Grant, { url, origin }: Call): unknown => {
  const base = origin() + url.pathname.replace(/\/rest\/.*/, '')
  const picture = (size: number): string =>
    `${base}/secure/useravatar?size=${size}&ownerId=${keyOf(person)}`
  return {
    self: `${base}/rest/api/2/user?username=${person.handle}`,
    key: keyOf(person),
    name: person.handle,
    emailAddress: person.email ?? '',
    displayName: person.name ?? person.handle,
    avatarUrls: { '16x16': picture(16), '24x24': picture(24), '48x48': picture(48) },
    active: true,
    timeZone: 'Europe/London',
  }
}

/** Writing wants JSON and says so: 415 for anything else. */
const createIssue = (_grant: Grant, { request, body }: Call): unknown => {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return json({ errorMessages: ['Unsupported Media Type'] }, 415)
  }
  const { fields } = readJson(body)
  if (typeof fields !== 'object' || fields === null) {
    return json({ errorMessages: [], errors: { fields: 'fields is required' } }, 400)
  }
  return json({ id: '10001', key: 'DANCE-1' }, 201)
}

const avatar = ({ url }: Call): Response => {
  const person = people.find((one) => keyOf(one) === url.searchParams.get('ownerId'))
  return person ? svg(portrait(person)) : json({ errorMessages: ['Not Found'] }, 404)
}

const lifetimes = (): Record<string, string> => ({
  oauth_expires_in: '157680000',
  oauth_session_handle: randomText(20),
  oauth_authorization_expires_in: '160272000',
})
const never = (): boolean => false
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
    onGet(`${oauth}/authorize`, 'authorize', authorize(never, '', declined)),
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
  look: {
    colour: '#0052cc',
    button: '#0052cc',
    mark: 'M11.571 11.513H0a5.218 5.218 0 0 0 5.232 5.215h2.13v2.057A5.215 5.215 0 0 0 12.575 24V12.518a1.005 1.005 0 0 0-1.005-1.005zm5.723-5.756H5.736a5.215 5.215 0 0 0 5.215 5.214h2.129v2.058a5.218 5.218 0 0 0 5.215 5.214V6.758a1.001 1.001 0 0 0-1.001-1.001zM23.013 0H11.455a5.215 5.215 0 0 0 5.215 5.215h2.129v2.057A5.215 5.215 0 0 0 24 12.483V1.005A1.001 1.001 0 0 0 23.013 0Z',
    approve: 'Allow',
    decline: 'Deny',
  },
  scopes: { all: 'Read and write data on this site for you' },
  publicClients: false,
  publicKeys: true,
  signed: true,
  tokensExpire: false,
  account: ({ handle }) => handle,
  routes: ['', '/jira'].flatMap(installation),
}
