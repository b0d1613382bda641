// What a page loads holds no server code, and no provider but those that it imports.
import type { BundleError, RolldownLog } from 'rolldown'
import { bundle } from './bundler.ts'
import { finish, presets } from './workspace.ts'

// Never part of what a page loads.
const serverModules =
  /packages\/(exchange-server|emulator)\/dist\/(?!emulated\.js)|node_modules\/(hono|@hono|jose|oauth-1\.0a|undici)\//
const serverWords = [
  '"HMAC"',
  'oauth_signature',
  'oauth_consumer_key',
  'consumerSecret',
  'x-forwarded',
]

const problems: string[] = []

const page = await bundle(
  `
  export * from '@spa-dance/browser-sdk'
  export * from '@spa-dance/react'
  export * from '@spa-dance/providers/github'
  export * from '@spa-dance/providers/twitter'
  export * from '@spa-dance/providers/discord'
  export * from '@spa-dance/emulator/emulated'`,
  // They have words of their own, and no part on a server.
  ['dexie', 'oidc-client-ts', 'react', 'react/jsx-runtime'],
)
for (const path of page.allModules.keys()) {
  if (serverModules.test(path)) problems.push(`A page loads ${path}, which is server code`)
}
for (const word of serverWords) {
  if (page.all.includes(word)) problems.push(`What a page loads says ${word}, a server's word`)
}

// A page that imports a server's entry can't be built, because its package says so.
const isRefusal = ({ code, message }: RolldownLog): boolean =>
  code === 'MISSING_EXPORT' && message.includes('in-a-page')
for (const name of [
  '@spa-dance/exchange-server',
  '@spa-dance/exchange-server/node',
  '@spa-dance/exchange-server/redis',
  '@spa-dance/emulator',
  '@spa-dance/emulator/node',
]) {
  const refused = await bundle(`export { something } from '${name}'`).then(
    () => false,
    ({ errors }: BundleError) => errors?.some(isRefusal) === true,
  )
  if (!refused)
    problems.push(`${name} lacks the export condition "browser" that leads to a refusal`)
}

// A preset brings no host along but those that its own file names.
const hostsOf = (code: string): readonly string[] =>
  [...code.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = '']) => host)
for (const [name, source] of presets) {
  const own = new Set(hostsOf(source))
  const found = hostsOf((await bundle(`export * from '@spa-dance/providers/${name}'`)).all)
  if (own.size > 0 && found.length === 0) problems.push(`The preset ${name} lacks its own hosts`)
  const foreign = found.filter((host) => !own.has(host))
  if (foreign.length > 0) problems.push(`The preset ${name} brings along ${foreign.join(', ')}`)
}
finish(problems)
