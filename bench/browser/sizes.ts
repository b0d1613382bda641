import { fileURLToPath } from 'node:url'
import { bundle } from '../../scripts/checks/bundler.ts'

/** What a page loads of a library, in brotli bytes. */
export interface Size {
  readonly name: string
  /** At once, with the page. */
  readonly eager: number
  /** With all that it may load later. */
  readonly all: number
}

/** A part of SPA-Dance, when a page loads it, and its brotli bytes. */
export interface Part {
  readonly name: string
  readonly when: string
  readonly bytes: number
}

const folder = fileURLToPath(new URL('.', import.meta.url))

const ours = 'SPA-Dance, one preset'

/** A page that signs in and reads a token, by each library's own first example. */
const apps: Readonly<Record<string, string>> = {
  [ours]: `import { createDance } from '@spa-dance/browser-sdk'
    import { discord } from '@spa-dance/providers/discord'
    window.dance = createDance({ clients: { discord: { provider: discord(), clientId: 'x' } } })`,
  'hello.js': `import hello from 'hellojs'
    window.hello = hello`,
  'oidc-client-ts': `import { UserManager } from 'oidc-client-ts'
    window.manager = new UserManager({ authority: 'x', client_id: 'x', redirect_uri: 'x' })`,
  'auth0-spa-js': `import { createAuth0Client } from '@auth0/auth0-spa-js'
    window.client = createAuth0Client({ domain: 'x', clientId: 'x' })`,
  'msal-browser': `import { PublicClientApplication } from '@azure/msal-browser'
    window.app = new PublicClientApplication({ auth: { clientId: 'x' } })`,
  'supabase auth-js': `import { AuthClient } from '@supabase/auth-js'
    window.auth = new AuthClient({ url: 'x' })`,
  'firebase/auth': `import { initializeApp } from '@firebase/app'
    import { getAuth, signInWithPopup, GithubAuthProvider } from '@firebase/auth'
    window.auth = [getAuth(initializeApp({})), signInWithPopup, GithubAuthProvider]`,
}

/** Measures each library, bundled and minified the same way. */
export function measureSizes(): Promise<Size[]> {
  return Promise.all(
    Object.entries(apps).map(async ([name, code]) => {
      const { eagerBytes, lazyBytes } = await bundle(code, [], folder)
      return { name, eager: eagerBytes, all: eagerBytes + lazyBytes }
    }),
  )
}

/** By what the bundler calls the file. */
const parts: Readonly<Record<string, readonly [name: string, when: string]>> = {
  app: ['the entry, with a preset', 'with the page'],
  sessions: ['sessions and their requests', 'signed in, or to log in'],
  refresh: ['refreshes', 'a second after the start, where a token ends'],
  login: ['begin and end a login, with oidc-client-ts', 'to log in'],
  dexie: ['Dexie', 'before the first write'],
  dpop: ['keys and proofs', 'tokens bound to a key, as an exchange’s are'],
  popup: ['popup', 'a login by popup'],
  openid: ['OpenID', 'discovery, ID tokens'],
  unusual: ['refusals, origins that are learnt', 'where there are any'],
  check: ['the check of a declaration', 'discovery, or one that is not plain'],
  'session-flows': ['logins kept in the tab', 'where IndexedDB fails'],
  signature: ['signatures of ID tokens', 'where asked for'],
  'form-token': ['tokens in forms', 'where the API wants them'],
  logout: ['sign-out', 'to log out'],
}

/**
 * What a page loads of SPA-Dance, part by part.
 *
 * @throws where a file belongs to no part
 */
export async function measureParts(): Promise<Part[]> {
  const { parts: files } = await bundle(apps[ours] ?? '', [], folder)
  const stray = [...files.keys()].find((file) => !Object.hasOwn(parts, file))
  if (stray !== undefined) {
    throw new Error(`${stray} is of no part: give it a row in bench/browser/sizes.ts`)
  }
  return Object.entries(parts).map(([file, [name, when]]) => ({
    name,
    when,
    bytes: files.get(file) ?? 0,
  }))
}
