import type { Profile } from '@spa-dance/providers'
import type { Dance, LoginOptions } from '../types.ts'

/** Someone who is signed in, as a test gives them. */
export interface TestAccount {
  /** @default the profile's id, or `'1'` */
  readonly account?: string
  readonly profile?: Profile
  readonly scopes?: readonly string[]
  /** In ms since 1970. */
  readonly expiresAt?: number
  /** The provider has ended the grant: only the profile is left. */
  readonly expired?: true
  /** What `getAccessToken` gives. @default `'test-token'` */
  readonly accessToken?: string
}

/** A request that an app made with a session. */
export interface TestRequest<Name extends string = string> {
  readonly client: Name
  readonly account: string
  /** A relative URL lies below `https://<client>.test/`. */
  readonly request: Request
}

/** What `createTestDance` takes. */
export interface TestDanceOptions<Name extends string = string> {
  /** Every client, with who is signed in: nobody (`null`), one, or several, the active one first. */
  readonly clients: Readonly<Record<Name, TestAccount | readonly TestAccount[] | null>>
  /** Answers requests: with a `Response`, or with what becomes its JSON. @default status 404 */
  readonly answer?: (request: TestRequest<Name>) => unknown
  /** Says who comes back from a login. Throw to let it fail. @default Ada Lovelace */
  readonly login?: (client: Name, options: LoginOptions) => TestAccount | Promise<TestAccount>
}

/** A dance without a browser, a provider or a network, for the tests of an app. */
export interface TestDance<Name extends string = string> extends Dance<Name> {
  /** All that the app has asked of APIs, in order. */
  readonly requests: readonly TestRequest<Name>[]
  /** Replaces who is signed in, as another tab does: `changed` is emitted. */
  change(client: Name, accounts: TestAccount | readonly TestAccount[] | null): void
  /** Ends the active session for good, as a provider does: `expired` is emitted. */
  expire(client: Name): void
}
