/** The clients of the demo, in the order of their cards. Each has a preset of the same name. */
export const names = [
  'auth0',
  'discord',
  'dropbox',
  'facebook',
  'github',
  'gitlab',
  'google',
  'jira',
  'jira-data-center',
  'keycloak',
  'meetup',
  'azure',
  'nylas',
  'okta',
  'slack',
  'slack-openid',
  'spotify',
  'twitter',
  'x',
] as const

export type Name = (typeof names)[number]
