import type { Profile, Provider } from '@spa-dance/providers'
import { azure } from '@spa-dance/providers/azure'
import { discord } from '@spa-dance/providers/discord'
import { dropbox } from '@spa-dance/providers/dropbox'
import { facebook } from '@spa-dance/providers/facebook'
import { github } from '@spa-dance/providers/github'
import { gitlab } from '@spa-dance/providers/gitlab'
import { google } from '@spa-dance/providers/google'
import { jira } from '@spa-dance/providers/jira'
import { spotify } from '@spa-dance/providers/spotify'
import { twitter } from '@spa-dance/providers/twitter'
import { x } from '@spa-dance/providers/x'

/** What a provider promises, for the run that takes each of them through the whole dance. */
export interface ProviderRow {
  /** Of the preset's file, of the emulated provider, and of the client. */
  readonly id: string
  readonly provider: Provider
  /** Who gets the token from the provider. */
  readonly route: Provider['route']
  /** Who calls the provider's API. */
  readonly api: 'page' | 'exchange'
  /** Whether a session renews itself. */
  readonly refreshes: boolean
  /** Whether a sign-out gives the token back: by itself, only when told to, or never. */
  readonly revokes: 'always' | 'when told' | 'never'
  /** An API call that answers with the id of who has signed in. */
  readonly call: `${'GET' | 'POST'} /${string}`
  /** What is read of Ada Lovelace. The picture is only looked at, not compared. */
  readonly profile: Omit<Profile, 'picture'> & { readonly picture: boolean }
}

const name = 'Ada Lovelace'
const email = 'ada@example.com'

/** One row per preset: `tests/providers.spec.ts` fails where one is missing. */
export const rows: readonly ProviderRow[] = [
  {
    id: 'azure',
    provider: azure({ tenant: 'aaaabbbb-0000-cccc-1111-dddd2222eeee' }),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'never',
    call: 'GET /me',
    profile: { id: '00000000-0000-0000-66f3-333200001815', name, email, picture: false },
  },
  {
    id: 'discord',
    provider: discord(),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'when told',
    call: 'GET /users/@me',
    profile: { id: '803511102246701815', name, picture: true },
  },
  {
    id: 'dropbox',
    provider: dropbox(),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'when told',
    call: 'POST /users/get_current_account',
    profile: { id: 'dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQ1815', name, email, picture: true },
  },
  {
    id: 'facebook',
    provider: facebook(),
    route: 'exchange',
    api: 'page',
    refreshes: false,
    revokes: 'when told',
    call: 'GET /me',
    profile: { id: '10223456701815', name, email, picture: true },
  },
  {
    id: 'github',
    provider: github(),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /user',
    profile: { id: '1815', name, email, picture: true },
  },
  {
    id: 'gitlab',
    provider: gitlab(),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /user',
    profile: { id: '1815', name, email, picture: true },
  },
  {
    id: 'google',
    provider: google({ offline: true, repromptConsent: true }),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'when told',
    call: 'GET /oauth2/v3/userinfo',
    profile: { id: '107691503500061501815', name, email, picture: true },
  },
  {
    id: 'jira',
    provider: jira({ baseUrl: 'https://jira.example.com/' }),
    route: 'exchange',
    api: 'exchange',
    refreshes: false,
    revokes: 'never',
    call: 'GET /rest/api/2/myself',
    profile: { id: 'JIRAUSER1815', name, email, picture: true },
  },
  {
    id: 'spotify',
    provider: spotify(),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'never',
    call: 'GET /me',
    profile: { id: 'smedjan1815', name, email, picture: true },
  },
  {
    id: 'twitter',
    provider: twitter(),
    route: 'exchange',
    api: 'exchange',
    refreshes: false,
    revokes: 'always',
    call: 'GET /users/me',
    profile: { id: '2244991815', name, picture: true },
  },
  {
    id: 'x',
    provider: x(),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'always',
    call: 'GET /users/me',
    profile: { id: '2244991815', name, picture: true },
  },
]

/** What the app is called at a provider. */
export const clientIdOf = (id: string): string => `e2e-${id}`
