import type { OAuth2Provider } from '../types.ts'

export interface DiscordOptions {
  /** `none` skips the consent page for someone who has agreed to the same scopes. @default 'consent' */
  prompt?: 'consent' | 'none'
}

/**
 * Discord, as a public client with PKCE: switch on "Public Client" on the app's OAuth2 page and
 * register `<app>/callback/discord`. With a secret instead, say `route: 'exchange'`.
 *
 * Facts checked 2026-11-23: Discord's developer docs (OAuth2), discord-userdoccers. That the token
 * endpoint answers CORS is likely, not documented.
 */
export const discord = ({ prompt }: DiscordOptions = {}): OAuth2Provider => ({
  id: 'discord',
  name: 'Discord',
  protocol: 'oauth2',
  route: 'direct',
  authorization: { url: 'https://discord.com/oauth2/authorize', params: { prompt } },
  token: { url: 'https://discord.com/api/oauth2/token' },
  // Revoking any token ends all of the app's tokens for that person.
  revocation: { url: 'https://discord.com/api/oauth2/token/revoke', ends: 'user' },
  api: { baseUrl: 'https://discord.com/api/v10/', cors: true },
  scopes: ['identify'],
  profile: {
    path: 'users/@me',
    read: (me) => ({
      id: me.id,
      name: me.global_name ?? me.username,
      email: me.email,
      picture: me.avatar && `https://cdn.discordapp.com/avatars/${me.id}/${me.avatar}.png`,
    }),
  },
})
