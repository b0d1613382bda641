import { onGet, onPost, type Counterpart } from '../counterpart.ts'
import { authorize } from '../oauth2/authorize.ts'
import type { FaultReply, OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { apiHost, avatarHost, githubApi } from './github-api.ts'

const docs = 'https://docs.github.com'
const oauthErrors = `${docs}/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors`

const badCode: FaultReply = {
  error: 'bad_verification_code',
  description: 'The code passed is incorrect or expired.',
  uri: `${oauthErrors}/#bad-verification-code`,
  status: 200,
}

/** As a GitHub App whose user tokens expire. Every failure of the token endpoint comes under status 200. */
const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'optional',
  mayOmit: ['response_type', 'redirect_uri', 'scope'],
  unknownScopes: 'ignored',
  scopeSeparator: { request: /[\s,]+/, reply: ',' },
  hint: 'login',
  declined: {
    description: 'The user has denied your application access.',
    uri: `${docs}/apps/managing-oauth-apps/troubleshooting-authorization-request-errors/#access-denied`,
  },
  codeLifetime: 600,
  tokenLifetime: 28_800,
  tokenType: 'bearer',
  tokenPrefix: { access: 'ghu_', refresh: 'ghr_' },
  refresh: { lifetime: 15_897_600, endsOldAccess: true },
  reply: 'form-unless-accepted',
  redirectUriAtToken: 'optional',
  faults: {
    invalid_request: badCode,
    invalid_client: {
      error: 'incorrect_client_credentials',
      description: 'The client_id and/or client_secret passed are incorrect.',
      uri: `${oauthErrors}/#incorrect-client-credentials`,
      status: 200,
    },
    invalid_code: badCode,
    wrong_verifier: badCode,
    wrong_redirect: {
      error: 'redirect_uri_mismatch',
      description: 'The redirect_uri MUST match the registered callback URL for this application.',
      uri: `${oauthErrors}/#redirect-uri-mismatch2`,
      status: 200,
    },
    invalid_refresh: {
      error: 'bad_refresh_token',
      description: 'The refresh token passed is incorrect or expired.',
      status: 200,
    },
    unsupported_grant_type: {
      error: 'unsupported_grant_type',
      description: 'The grant_type is not supported.',
      status: 200,
    },
  },
}

/** GitHub, as it behaves towards a GitHub App. Facts: docs.github.com, checked 2026-11-23. */
export const github: Counterpart = {
  id: 'github',
  name: 'GitHub',
  hosts: ['github.com', apiHost, avatarHost],
  look: {
    colour: '#1f2328',
    button: '#1a7f37',
    mark: 'M12 .297c-6.63 0-12 5.373-12 12 0 5.303 3.438 9.8 8.205 11.385.6.113.82-.258.82-.577 0-.285-.01-1.04-.015-2.04-3.338.724-4.042-1.61-4.042-1.61C4.422 18.07 3.633 17.7 3.633 17.7c-1.087-.744.084-.729.084-.729 1.205.084 1.838 1.236 1.838 1.236 1.07 1.835 2.809 1.305 3.495.998.108-.776.417-1.305.76-1.605-2.665-.3-5.466-1.332-5.466-5.93 0-1.31.465-2.38 1.235-3.22-.135-.303-.54-1.523.105-3.176 0 0 1.005-.322 3.3 1.23.96-.267 1.98-.399 3-.405 1.02.006 2.04.138 3 .405 2.28-1.552 3.285-1.23 3.285-1.23.645 1.653.24 2.873.12 3.176.765.84 1.23 1.91 1.23 3.22 0 4.61-2.805 5.625-5.475 5.92.42.36.81 1.096.81 2.22 0 1.606-.015 2.896-.015 3.286 0 .315.21.69.825.57C20.565 22.092 24 17.592 24 12.297c0-6.627-5.373-12-12-12',
    approve: 'Authorize',
    decline: 'Cancel',
  },
  scopes: {
    user: 'Read and update your whole profile',
    'read:user': 'Read your profile',
    'user:email': 'Read your e-mail addresses',
    repo: 'Read and write your repositories, private ones included',
    public_repo: 'Read and write your public repositories',
    'read:org': 'Read which organisations you belong to',
    gist: 'Write gists',
    notifications: 'Read your notifications',
    workflow: 'Update workflows',
  },
  publicClients: false,
  tokensExpire: true,
  wrongMethod: 404,
  account: ({ handle }) => `@${handle}`,
  routes: [
    onGet('/login/oauth/authorize', 'authorize', authorize(rules)),
    onPost('/login/oauth/access_token', 'token', token(rules)),
    ...githubApi,
  ],
}
