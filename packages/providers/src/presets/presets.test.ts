import { expect, it } from 'vitest'
import { checkProvider } from '../protocol/check.ts'
import { authorizationParams, authorizationUrl } from '../protocol/authorization.ts'
import { revocationRequest } from '../protocol/revocation.ts'
import { readTokenReply } from '../protocol/token-reply.ts'
import { tokenRequest } from '../protocol/token-request.ts'
import { azure } from './azure.ts'
import { discord } from './discord.ts'
import { github } from './github.ts'
import { facebook } from './facebook.ts'
import { jira } from './jira.ts'
import { dropbox } from './dropbox.ts'
import { gitlab } from './gitlab.ts'
import { google } from './google.ts'
import { spotify } from './spotify.ts'
import { testPreset } from './preset.contract.ts'
import { twitter } from './twitter.ts'
import { x } from './x.ts'

testPreset(github(), {
  tokenReply: {
    body: 'access_token=gho_x&scope=read%3Auser%2Cuser%3Aemail&token_type=bearer',
    scopes: ['read:user', 'user:email'],
  },
  profile: {
    reply: {
      id: 1,
      login: 'octocat',
      name: null,
      email: null,
      avatar_url: 'https://avatars.githubusercontent.com/u/1',
    },
    read: { id: '1', name: 'octocat', picture: 'https://avatars.githubusercontent.com/u/1' },
  },
})

testPreset(discord(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'a',
      token_type: 'Bearer',
      expires_in: 604800,
      refresh_token: 'r',
      scope: 'identify email',
    }),
    scopes: ['identify', 'email'],
  },
  profile: {
    reply: { id: '80351110224678912', username: 'nelly', global_name: 'Nelly', avatar: '8342' },
    read: {
      id: '80351110224678912',
      name: 'Nelly',
      picture: 'https://cdn.discordapp.com/avatars/80351110224678912/8342.png',
    },
  },
})

testPreset(twitter(), {
  profile: {
    reply: {
      data: {
        id: '2244994945',
        name: 'X Dev',
        username: 'XDevelopers',
        profile_image_url: 'https://pbs.twimg.com/1.jpg',
      },
    },
    read: { id: '2244994945', name: 'X Dev', picture: 'https://pbs.twimg.com/1.jpg' },
  },
})

testPreset(x({ email: true }), {
  tokenReply: {
    body: JSON.stringify({
      token_type: 'bearer',
      expires_in: 7200,
      access_token: 'a',
      scope: 'users.read tweet.read offline.access',
      refresh_token: 'r',
    }),
    scopes: ['users.read', 'tweet.read', 'offline.access'],
  },
  profile: {
    reply: {
      data: {
        id: '2244994945',
        name: 'X Dev',
        username: 'XDevelopers',
        confirmed_email: 'dev@example.com',
        profile_image_url: 'https://pbs.twimg.com/1.jpg',
      },
    },
    read: {
      id: '2244994945',
      name: 'X Dev',
      email: 'dev@example.com',
      picture: 'https://pbs.twimg.com/1.jpg',
    },
  },
})

testPreset(jira({ baseUrl: 'https://jira.example.com/jira/' }), {
  profile: {
    reply: {
      key: 'JIRAUSER10100',
      name: 'ada',
      displayName: 'Ada Lovelace',
      emailAddress: '',
      avatarUrls: { '48x48': 'https://jira.example.com/jira/secure/useravatar?ownerId=1' },
    },
    read: {
      id: 'JIRAUSER10100',
      name: 'Ada Lovelace',
      picture: 'https://jira.example.com/jira/secure/useravatar?ownerId=1',
    },
  },
})

testPreset(facebook(), {
  tokenReply: {
    body: '{"access_token":"EAA","token_type":"bearer","expires_in":5183944,"scope":"email"}',
    scopes: ['email'],
  },
  profile: {
    reply: {
      id: '102',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      picture: { data: { url: 'https://platform-lookaside.fbsbx.com/1', is_silhouette: false } },
    },
    read: {
      id: '102',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      picture: 'https://platform-lookaside.fbsbx.com/1',
    },
  },
})

testPreset(azure({ tenant: 'aaaabbbb-0000-cccc-1111-dddd2222eeee' }), {
  tokenReply: {
    body: JSON.stringify({
      token_type: 'Bearer',
      scope: 'openid profile User.Read',
      expires_in: 4799,
      ext_expires_in: 4799,
      access_token: 'a',
      refresh_token: 'r',
      id_token: 'e30.e30.x',
    }),
    scopes: ['openid', 'profile', 'User.Read'],
  },
  profile: {
    reply: {
      id: '87d349ed-44d7-43e1-9a83-5f2406dee5bd',
      displayName: 'Adele Vance',
      mail: null,
      userPrincipalName: 'AdeleV@contoso.com',
    },
    read: {
      id: '87d349ed-44d7-43e1-9a83-5f2406dee5bd',
      name: 'Adele Vance',
      email: 'AdeleV@contoso.com',
    },
  },
})

it('hides the sign-up link of GitHub when told to', () => {
  expect(authorizationParams(github())).toEqual({})
  expect(authorizationParams(github({ allowSignup: false }))).toEqual({ allow_signup: 'false' })
})

it('sends a login hint to GitHub under the name that GitHub reads', () => {
  expect(authorizationParams(github(), { loginHint: 'octocat' })).toEqual({ login: 'octocat' })
})

it('points every endpoint of GitHub at an Enterprise Server', () => {
  const provider = github({ host: 'https://git.example.com' })
  expect(provider.authorization.url).toBe('https://git.example.com/login/oauth/authorize')
  expect(provider.token.url).toBe('https://git.example.com/login/oauth/access_token')
  expect(provider.api.baseUrl).toBe('https://git.example.com/api/v3/')
  expect(JSON.stringify(provider)).not.toContain('github.com')
})

it("takes GitHub's own words for a dead grant, also under status 200", () => {
  expect(readTokenReply(github(), 200, 'error=bad_refresh_token')).toEqual({
    kind: 'refused',
    error: 'bad_refresh_token',
    dead: true,
  })
})

it('revokes a GitHub token by DELETE, as Basic, with JSON', () => {
  const registration = { clientId: 'Iv1.8a61', clientSecret: 'shh' }
  expect(revocationRequest(github(), registration, { accessToken: 'gho_x' })).toEqual({
    url: 'https://api.github.com/applications/Iv1.8a61/token',
    method: 'DELETE',
    headers: {
      Accept: 'application/json',
      Authorization: `Basic ${btoa('Iv1.8a61:shh')}`,
      'Content-Type': 'application/json',
    },
    body: '{"access_token":"gho_x"}',
  })
  expect(revocationRequest(github(), registration, { refreshToken: 'ghr_x' })).toBeUndefined()
})

it('asks Discord for consent anew, or not, as told', () => {
  expect(authorizationParams(discord())).toEqual({})
  expect(authorizationParams(discord({ prompt: 'none' }))).toEqual({ prompt: 'none' })
})

it('takes the sign-in page of Twitter, or asks for the password anew, as told', () => {
  expect(twitter().authorization.url).toBe('https://api.x.com/oauth/authorize')
  expect(twitter({ page: 'authenticate' }).authorization.url).toBe(
    'https://api.x.com/oauth/authenticate',
  )
  expect(authorizationParams(twitter({ forceLogin: true }))).toEqual({ force_login: 'true' })
})

it('asks X for the e-mail address, and for a refresh token, as told', () => {
  expect(x().scopes).toEqual(['users.read', 'tweet.read', 'offline.access'])
  expect(x().profile?.path).not.toContain('email')
  const provider = x({ email: true, offline: false })
  expect(provider.scopes).toEqual(['users.read', 'tweet.read', 'users.email'])
  expect(provider.profile?.path).toContain('confirmed_email')
})

it("takes X's own word for a dead grant", () => {
  const body =
    '{"error":"invalid_request","error_description":"Value passed for the token was invalid."}'
  expect(readTokenReply(x(), 400, body)).toMatchObject({ kind: 'refused', dead: true })
})

it.each([
  ['https://jira.example.com', 'https://jira.example.com'],
  ['https://jira.example.com/', 'https://jira.example.com'],
  ['https://example.com/tools/jira', 'https://example.com/tools/jira'],
  ['http://localhost:2990/jira/', 'http://localhost:2990/jira'],
])('puts every endpoint of a JIRA at %s below it', (baseUrl, base) => {
  const provider = jira({ baseUrl })
  expect(provider.requestToken.url).toBe(`${base}/plugins/servlet/oauth/request-token`)
  expect(provider.authorization.url).toBe(`${base}/plugins/servlet/oauth/authorize`)
  expect(provider.accessToken.url).toBe(`${base}/plugins/servlet/oauth/access-token`)
  expect(provider.api.baseUrl).toBe(`${base}/`)
  expect(checkProvider(provider)).toEqual([])
})

it.each([
  undefined,
  '',
  'jira.example.com',
  'ftp://jira.example.com',
  'https://',
  'https://user@jira.example.com/',
  'https://jira.example.com\\@evil.example/',
  'https://jira.example.com/?a=b',
  'https://jira.example.com/#a',
])('says what to give where JIRA can not live at %s', (baseUrl) => {
  expect(() => jira({ baseUrl: baseUrl as string })).toThrow(/baseUrl of jira.*give where JIRA/)
})

it('leaves http beyond this machine to the check of declarations', () => {
  const problems = checkProvider(jira({ baseUrl: 'http://jira.example.com' }))
  expect(problems.join()).toMatch(/requestToken.url is .*give an https URL/)
})

it('asks Facebook again for what was declined, always or at one login', () => {
  expect(authorizationParams(facebook())).toEqual({})
  expect(authorizationParams(facebook({ rerequest: true }))).toEqual({ auth_type: 'rerequest' })
  const once = { params: { auth_type: 'rerequest' } }
  expect(authorizationParams(facebook(), once)).toEqual({ auth_type: 'rerequest' })
})

it('puts the version of the Graph API into every endpoint of Facebook', () => {
  const provider = facebook({ version: 'v21.0' })
  expect(provider.authorization.url).toBe('https://www.facebook.com/v21.0/dialog/oauth')
  expect(provider.token.url).toBe('https://graph.facebook.com/v21.0/oauth/access_token')
  expect(provider.api.baseUrl).toBe('https://graph.facebook.com/v21.0/')
  expect(provider.revocation?.url).toBe('https://graph.facebook.com/v21.0/me/permissions')
})

it.each([
  [100, { error: 'invalid_grant', dead: true }],
  [1, { error: 'server_error', dead: false }],
])("reads Facebook's error object with code %i", (code, expected) => {
  const body = JSON.stringify({ error: { message: 'Used.', type: 'OAuthException', code } })
  expect(readTokenReply(facebook(), 400, body)).toEqual({
    kind: 'refused',
    ...expected,
  })
})

it('lets a page do the dance with Facebook by OpenID Connect only, and only where told to', () => {
  expect(facebook()).toMatchObject({ route: 'exchange', scopes: ['public_profile', 'email'] })
  expect(facebook({ direct: true })).toMatchObject({
    route: 'direct',
    scopes: ['openid', 'public_profile', 'email'],
    openid: { issuer: 'https://www.facebook.com' },
  })
})

it('swaps a token of Facebook with the secret, where told to', () => {
  expect(facebook().token).not.toHaveProperty('swap')
  const registration = { clientId: 'id', clientSecret: 'shh' }
  const grant = { type: 'swap', accessToken: 'EAA' } as const
  const { body } = tokenRequest(facebook({ longLived: true }), registration, grant)
  expect(body).toBe(
    'grant_type=fb_exchange_token&fb_exchange_token=EAA&client_id=id&client_secret=shh',
  )
})

it('separates what it asks of Facebook by commas', () => {
  const query = authorizationUrl(facebook(), {
    clientId: 'id',
    redirectUri: 'https://auth.example.com/facebook/callback',
    state: 's',
    scopes: ['public_profile', 'email'],
  }).searchParams
  expect(query.get('scope')).toBe('public_profile,email')
})

it('gives a Facebook token back as the bearer of the request', () => {
  const registration = { clientId: 'id', clientSecret: 'shh' }
  expect(revocationRequest(facebook(), registration, { accessToken: 'EAA' })).toEqual({
    url: 'https://graph.facebook.com/v25.0/me/permissions',
    method: 'DELETE',
    headers: { Authorization: 'Bearer EAA' },
  })
})

testPreset(google({ offline: true, hostedDomain: 'example.com' }), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'ya29.a',
      expires_in: 3599,
      scope: 'openid https://www.googleapis.com/auth/userinfo.email',
      token_type: 'Bearer',
      id_token: 'a.b.c',
    }),
    scopes: ['openid', 'https://www.googleapis.com/auth/userinfo.email'],
  },
  profile: {
    reply: { sub: '1076', name: 'Ada', email: 'ada@example.com', email_verified: true },
    read: { id: '1076', name: 'Ada', email: 'ada@example.com' },
  },
})

testPreset(gitlab(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'a',
      token_type: 'bearer',
      expires_in: 7200,
      refresh_token: 'r',
      created_at: 1607635748,
      scope: 'read_user',
    }),
    scopes: ['read_user'],
  },
  profile: {
    reply: { id: 1, username: 'ada', name: 'Ada', email: 'ada@example.com', avatar_url: null },
    read: { id: '1', name: 'Ada', email: 'ada@example.com' },
  },
})

testPreset(spotify(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'a',
      token_type: 'Bearer',
      scope: 'user-read-email',
      expires_in: 3600,
      refresh_token: 'r',
    }),
    scopes: ['user-read-email'],
  },
  profile: {
    reply: {
      account_id: 'stable',
      id: 'ada',
      display_name: 'Ada',
      images: [{ url: 'https://i.scdn.co/image/1' }],
    },
    read: { id: 'stable', name: 'Ada', picture: 'https://i.scdn.co/image/1' },
  },
})

testPreset(dropbox(), {
  tokenReply: {
    body: JSON.stringify({
      access_token: 'sl.a',
      expires_in: 14_400,
      token_type: 'bearer',
      scope: 'account_info.read',
      refresh_token: 'r',
      account_id: 'dbid:1',
      uid: '1',
    }),
    scopes: ['account_info.read'],
  },
  profile: {
    reply: { account_id: 'dbid:1', name: { display_name: 'Ada' }, email: 'ada@example.com' },
    read: { id: 'dbid:1', name: 'Ada', email: 'ada@example.com' },
  },
})

it('asks Google for a refresh token, and again for consent or the account, as told', () => {
  expect(authorizationParams(google())).toEqual({})
  expect(authorizationParams(google({ offline: true }))).toEqual({ access_type: 'offline' })
  expect(authorizationParams(google({ repromptConsent: true }))).toEqual({ prompt: 'consent' })
  expect(authorizationParams(google({ repromptSelectAccount: true }))).toEqual({
    prompt: 'select_account',
  })
  const both = google({ repromptConsent: true, repromptSelectAccount: true })
  expect(authorizationParams(both)).toEqual({ prompt: 'consent select_account' })
  expect(authorizationParams(google({ includeGrantedScopes: true }))).toEqual({
    include_granted_scopes: 'true',
  })
})

it('asks Google for one domain and wants the ID token to say so', () => {
  const provider = google({ hostedDomain: 'Example.com' })
  expect(authorizationParams(provider)).toEqual({ hd: 'example.com' })
  expect(provider.openid?.claims).toEqual({ hd: 'example.com' })
  expect(google().openid).not.toHaveProperty('claims')
})

it('gives a token back to Google without a secret', () => {
  const request = revocationRequest(
    google(),
    { clientId: 'id', clientSecret: 'shh' },
    { accessToken: 'a' },
  )
  expect(request?.body).toBe('token=a&token_type_hint=access_token&client_id=id')
})

it.each([
  'https://git.example.com',
  'https://git.example.com/',
  'https://example.com/tools/gitlab',
  'http://gitlab.localhost:8080/',
])('puts every endpoint of a GitLab at %s below it', (host) => {
  const provider = gitlab({ host })
  const base = host.replace(/\/$/, '')
  expect(provider.authorization.url).toBe(`${base}/oauth/authorize`)
  expect(provider.token.url).toBe(`${base}/oauth/token`)
  expect(provider.revocation?.url).toBe(`${base}/oauth/revoke`)
  expect(provider.openid?.issuer).toBe(base)
  expect(provider.api.baseUrl).toBe(`${base}/api/v4/`)
  expect(checkProvider(provider)).toEqual([])
})

it.each([
  '',
  'git.example.com',
  'https://user@git.example.com',
  'https://git.example.com/?a=b',
  'https://git.example.com/#a',
  'javascript:alert(1)',
])('says what host to give in place of "%s"', (host) => {
  expect(() => gitlab({ host })).toThrow('gitlab() needs a host like "https://git.example.com"')
  expect(() => github({ host })).toThrow('github() needs a host like "https://my.host"')
})

it('complains of a host that is not reached by https', () => {
  for (const provider of [
    gitlab({ host: 'http://git.example.com' }),
    github({ host: 'http://git.example.com' }),
  ]) {
    expect(checkProvider(provider).join()).toContain('give an https URL')
  }
})

it('has the whole of a GitHub Enterprise Server at its host, and nothing below a path', () => {
  const provider = github({ host: 'https://github.example.com' })
  expect(provider.token.url).toBe('https://github.example.com/login/oauth/access_token')
  expect(provider.api.baseUrl).toBe('https://github.example.com/api/v3/')
  expect(checkProvider(provider)).toEqual([])
  expect(() => github({ host: 'https://example.com/github' })).toThrow('github() needs a host')
})

it('names the redirect URI to GitLab at a refresh, and sends simple headers only', () => {
  const { body, headers } = tokenRequest(
    gitlab(),
    { clientId: 'id' },
    { type: 'refresh_token', refreshToken: 'r', redirectUri: 'https://app.example.com/cb' },
  )
  expect(new URLSearchParams(body).get('redirect_uri')).toBe('https://app.example.com/cb')
  // Anything else makes a preflight, which GitLab answers for these alone.
  expect(headers).toEqual({
    Accept: 'application/json',
    'Content-Type': 'application/x-www-form-urlencoded',
  })
})

it('shows the consent page of Spotify again when told to', () => {
  expect(authorizationParams(spotify())).toEqual({})
  expect(authorizationParams(spotify({ showDialog: true }))).toEqual({ show_dialog: 'true' })
})

it('reads a person of Spotify without the newer id, a name or a picture', () => {
  expect(spotify().profile?.read({ id: 'ada', display_name: null, images: [] })).toMatchObject({
    id: 'ada',
    picture: undefined,
  })
})

it('asks Dropbox for a refresh token unless told otherwise', () => {
  expect(authorizationParams(dropbox())).toEqual({ token_access_type: 'offline' })
  const provider = dropbox({
    offline: false,
    forceReapprove: true,
    disableSignup: true,
    requireRole: 'work',
  })
  expect(authorizationParams(provider)).toEqual({
    token_access_type: 'online',
    force_reapprove: 'true',
    disable_signup: 'true',
    require_role: 'work',
  })
})

it('gives an access token back to Dropbox as the bearer of a request without body', () => {
  const held = { accessToken: 'sl.a', refreshToken: 'r' }
  expect(revocationRequest(dropbox(), { clientId: 'id' }, held)).toEqual({
    url: 'https://api.dropboxapi.com/2/auth/token/revoke',
    method: 'POST',
    headers: { Authorization: 'Bearer sl.a' },
  })
})

it('checks ID tokens of Entra only where the issuer is known: for the id of a tenant', () => {
  const base = 'https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee'
  const known = azure({ tenant: 'AAAABBBB-0000-CCCC-1111-DDDD2222EEEE' })
  expect(known.openid).toEqual({
    issuer: `${base}/v2.0`,
    jwksUrl: `${base}/discovery/v2.0/keys`,
  })
  expect(known.scopes).toContain('openid')
  for (const tenant of ['common', 'organizations', 'consumers', 'contoso.onmicrosoft.com']) {
    const provider = azure({ tenant })
    expect(provider.token.url).toBe(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`)
    expect(provider.openid).toBeUndefined()
    expect(provider.scopes).toEqual(['User.Read', 'offline_access'])
  }
})

it.each(['', '../common', 'a/b', 'a?b', 'a b'])(
  'says what tenant to give in place of "%s"',
  (tenant) => {
    expect(() => azure({ tenant })).toThrow(/azure\(\) needs a tenant's id or domain/)
  },
)

it('sends Entra the prompt and the hints that it is told', () => {
  const provider = azure({
    prompt: 'select_account',
    domainHint: 'contoso.com',
    loginHint: 'ada@contoso.com',
  })
  expect(authorizationParams(azure())).toEqual({})
  expect(authorizationParams(provider)).toEqual({
    prompt: 'select_account',
    domain_hint: 'contoso.com',
    login_hint: 'ada@contoso.com',
  })
  const once = { loginHint: 'grace@contoso.com', params: { domain_hint: 'fabrikam.com' } }
  expect(authorizationParams(provider, once)).toMatchObject({
    login_hint: 'grace@contoso.com',
    domain_hint: 'fabrikam.com',
  })
})

it('takes a demand for interaction as the end of a grant of Entra', () => {
  const body = '{"error":"interaction_required","error_description":"AADSTS50076: MFA"}'
  expect(readTokenReply(azure(), 400, body)).toMatchObject({ kind: 'refused', dead: true })
})
