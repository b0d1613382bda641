/** Why a run does not go red, and need not: what a provider takes either way, or never sees. */
export interface Explained {
  /** Of the flip, from its start. */
  readonly flip: string
  /** Ids. @default every provider */
  readonly of?: readonly string[]
  readonly why: string
}

export const explained: readonly Explained[] = [
  {
    flip: 'token.refreshRedirectUri: absent -> true',
    why: 'A server ignores a parameter that it does not know (RFC 6749 §3.2).',
  },
  {
    flip: 'token.repeatsScopes: absent -> true',
    why: 'What was granted may be asked for again (RFC 6749 §6).',
  },
  {
    flip: 'token.repeatsScopes: true -> absent',
    of: ['azure', 'azure-web'],
    why: "Entra's documents call the scope of a token request optional.",
  },
  {
    flip: 'revocation.takes: absent -> ',
    why: 'Either token ends the grant (RFC 7009 §2.1).',
  },
  {
    flip: 'revocation.clientAuth: ',
    of: [
      'google',
      'discord-confidential',
      'salesforce',
      'slack',
      'slack-bot',
      'slack-openid',
      'strava',
      'twitch',
    ],
    why: 'Discord and Salesforce take a secret in both places; the others ask for none, and ignore what they get.',
  },
  {
    flip: 'scopeSeparator.request: ',
    of: ['github', 'facebook', 'facebook-direct', 'facebook-long', 'meetup'],
    why: 'GitHub and Facebook take commas and spaces; what Meetup takes is not documented.',
  },
  {
    flip: 'scopeSeparator.reply: ',
    of: [
      'facebook',
      'facebook-direct',
      'facebook-long',
      'heroku',
      'jira-data-center',
      'meetup',
      'notion',
      'zoho',
    ],
    why: 'The reply says nothing of scopes.',
  },
  {
    flip: 'scopeSeparator.reply: space -> comma',
    of: [
      'apple',
      'atlassian',
      'digitalocean',
      'discord-confidential',
      'nylas',
      'reddit',
      'salesforce',
      'slack-openid',
      'x',
    ],
    why: "Scopes with spaces between them go on as they are: the exchange's wire has spaces too.",
  },
  {
    flip: 'api.cors: true -> false',
    why: 'A page that has the token itself has nobody to relay its calls.',
  },
  {
    flip: 'api.cors: false -> true',
    of: ['jira', 'trello', 'twitter'],
    why: 'What is signed by OAuth 1.0a is always relayed.',
  },
  {
    flip: 'api.cors: false -> true',
    of: ['digitalocean', 'linkedin', 'notion', 'salesforce'],
    why: 'A token that does not end within a day is sealed, and its calls are relayed, anyway.',
  },
  {
    flip: 'revocation.takes: access_token -> ',
    of: ['notion'],
    why: "The emulator ends a grant by either token; Notion's documents speak of access tokens.",
  },
  {
    flip: 'scopeSeparator.request: ',
    of: ['notion'],
    why: 'Notion has no scopes.',
  },
  {
    flip: 'scopeSeparator.reply: space -> comma',
    of: ['twitch'],
    why: 'Scopes come as a list.',
  },
  {
    flip: 'authorization.grantedScopes: absent',
    of: ['strava'],
    why: 'Ada grants all that she is asked for. The exchange has a test with less.',
  },
  {
    flip: 'hooks.tokenReply: absent',
    of: ['facebook-direct'],
    why: 'Any error ends a login in the page; the exchange tells a dead code from an outage.',
  },
  {
    flip: 'openid.jwksUrl: elsewhere',
    of: ['azure', 'facebook-direct', 'gitlab'],
    why: 'A page takes ID tokens from the token endpoint itself (OpenID Connect Core §3.1.3.7, 6).',
  },
  {
    flip: 'openid.',
    of: ['facebook', 'facebook-long'],
    why: 'Without the scope openid, which `direct` alone asks for, there is no ID token.',
  },
  {
    flip: 'scopes: without ',
    of: ['azure', 'azure-web', 'github', 'meetup'],
    why: 'The profile is read elsewhere, or is shown to any token.',
  },
  {
    flip: 'token.encoding: form -> json',
    of: ['nylas', 'nylas-direct'],
    why: 'Nylas takes forms and JSON.',
  },
  {
    flip: 'revocation.encoding: form -> json',
    of: ['auth0'],
    why: 'Auth0 takes forms and JSON.',
  },
  {
    flip: 'authorization.params.access_type: absent',
    of: ['nylas-direct'],
    why: "It is Nylas's default, and said so that it shows.",
  },
  {
    flip: 'api.alsoAllowed: without https://content.dropboxapi.com/2/',
    of: ['dropbox'],
    why: 'The emulator has no files.',
  },
  {
    flip: 'profile.method: POST -> GET',
    of: ['slack', 'slack-bot', 'slack-public', 'slack-openid'],
    why: 'A call with its token in a form is a POST anyway.',
  },
  {
    flip: 'token.deadGrant: without code_already_used',
    of: ['slack', 'slack-bot', 'slack-public', 'slack-openid'],
    why: 'No run uses a code twice.',
  },
  {
    flip: 'token.deadGrant: without invalid_code',
    of: ['slack-public'],
    why: 'Any error ends a login in the page; the exchange tells a dead code from an outage.',
  },
  {
    flip: 'api.unauthorized: without token_revoked',
    of: ['slack', 'slack-bot', 'slack-public', 'slack-openid'],
    why: 'The emulator forgets a token that was revoked, and calls it unknown.',
  },
  {
    flip: 'authorization.codeLifetime: absent',
    of: ['x'],
    why: 'A code that has ended is refused by the exchange, or else by X.',
  },
  {
    flip: 'token.encoding: json -> form',
    of: ['atlassian'],
    why: "Atlassian's documents show JSON, and do not say that a form is refused.",
  },
  {
    flip: 'authorization.params.prompt: absent',
    of: ['atlassian'],
    why: "Atlassian's documents ask for it, and do not say what happens without it.",
  },
  {
    flip: 'authorization.denied: without user_cancelled_login',
    of: ['linkedin'],
    why: "That is said by LinkedIn's sign-in page, before any consent, which is not emulated.",
  },
  {
    flip: 'authorization.denied: without access-denied',
    of: ['salesforce', 'salesforce-direct'],
    why: "Salesforce's documents show a decline in two spellings; the emulator says the standard's.",
  },
  {
    flip: 'scopes: without id',
    of: ['salesforce', 'salesforce-direct'],
    why: 'UserInfo takes the scope api, too.',
  },
  {
    flip: 'learnt.apiOrigin.',
    of: ['salesforce-direct'],
    why: 'The host that is given is the org itself.',
  },
  {
    flip: 'learnt.apiOrigin.within: without https://login.salesforce.com',
    of: ['salesforce'],
    why: 'What is listed beside it covers it; a host on another domain would not be.',
  },
  {
    flip: 'learnt.tokenOrigin.within: ',
    of: ['zoho'],
    why: "Ada's data lies in one data centre. The preset's tests go to all nine.",
  },
  {
    flip: 'learnt.apiOrigin.within: ',
    of: ['zoho'],
    why: 'As above.',
  },
  {
    flip: 'api.',
    of: ['apple'],
    why: 'Apple has no API.',
  },
  {
    flip: 'revocation.ends: user -> grant',
    of: ['apple'],
    why: 'Without an API nothing tells whether another session lives.',
  },
  {
    flip: 'authorization.params.name: absent',
    of: ['trello'],
    why: 'Only a person reads it, on the consent page.',
  },
  {
    flip: 'authorization.params.expiration: absent',
    of: ['trello'],
    why: 'No run lasts as long as a token. The emulator has a test with an hour.',
  },
  {
    flip: 'accessToken.lifetime: absent',
    of: ['trello'],
    why: 'As above; and the exchange has one.',
  },
]
