// What `npx wrangler types` would write from wrangler.jsonc and the secrets.
declare module 'cloudflare:workers' {
  export const env: Readonly<
    Record<
      | 'DANCE_BASE_URL'
      | 'DANCE_REDIRECT_URIS'
      | 'DANCE_SEAL_KEYS'
      | 'GITHUB_OAUTH_CLIENT_ID'
      | 'GITHUB_OAUTH_CLIENT_SECRET'
      | 'TWITTER_OAUTH_API_KEY'
      | 'TWITTER_OAUTH_API_SECRET',
      string
    >
  >
  export function waitUntil(work: Promise<unknown>): void
}
