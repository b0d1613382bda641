export type {
  Authorization,
  ClientAuth,
  Hooks,
  OAuth1Provider,
  OAuth2Provider,
  OidcProvider,
  OpenId,
  Params,
  Profile,
  ProfileMembers,
  ProfileRequest,
  Provider,
  ProviderApi,
  ResolvedProvider,
  Revocation,
  Route,
  SignatureMethod,
  TokenEndpoint,
} from './types.ts'
export { custom } from './presets/custom.ts'
export { oidc, type OidcOptions } from './presets/oidc.ts'
export { discord, type DiscordOptions } from './presets/discord.ts'
export { github, type GitHubOptions } from './presets/github.ts'
export { twitter, type TwitterOptions } from './presets/twitter.ts'
