/** One app's registration with one emulated provider. */
export interface Registration {
  /** For an OAuth 1.0a provider the consumer key. */
  readonly clientId: string
  /** For an OAuth 1.0a provider the consumer secret. Without one the client is public, where the provider has that. */
  readonly clientSecret?: string
  /** The public half of the app's RSA key, as PEM: in place of a secret where the provider checks signatures by it (JIRA). */
  readonly publicKey?: string
  /** Compared as text, to the letter. */
  readonly redirectUris: readonly string[]
  /** What the consent page calls the app. @default the client id */
  readonly name?: string
}

/** What `createEmulator` needs to know. */
export interface EmulatorOptions {
  /**
   * Where the emulator is reached: providers are subdomains of its host.
   *
   * @default 'http://localhost:4180'
   */
  readonly url?: string
  /** The apps that each provider knows, by the provider's id. */
  readonly registrations: Readonly<Record<string, readonly Registration[]>>
  /**
   * Host names of installations of your own, beside those that providers have anyway: the provider's
   * id for each, such as `{ 'jira.acme.example': 'jira' }`.
   */
  readonly hosts?: Readonly<Record<string, string>>
  /** The time in milliseconds since 1970. @default Date.now */
  readonly now?: () => number
}
