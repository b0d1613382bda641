import type { OAuth1Provider, OAuth2Provider, OidcProvider } from '@spa-dance/providers'
import { checkProvider } from '@spa-dance/providers/protocol'
import { providerHostProblems, type HostPolicy } from '../guards/provider-host.ts'
import { signsByKey } from '../oauth1/method.ts'
import { privateKeyProblem } from '../oauth1/private-key.ts'
import { signingKeyProblem } from '../upstream/registration.ts'
import type { ExchangeClient, ExchangeOAuth2Client } from '../types.ts'
import type { ClientConfig, Signing } from './types.ts'

/** Paths of the exchange itself, which no client may take. */
const reserved = ['healthz', 'readyz']

/** PEM, which has lines. */
const keys = ['privateKey', 'signingKey']

/** Reads one client; what is wrong with it is added to `problems`. */
export function readClient(
  name: string,
  client: ExchangeClient,
  { baseUrl, hosts }: { readonly baseUrl: string; readonly hosts: HostPolicy },
  problems: string[],
): ClientConfig | undefined {
  const where = `clients.${name}`
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || reserved.includes(name)) {
    problems.push(
      `clients: ${JSON.stringify(name)} can't be a name: use lower-case letters, digits and hyphens, ` +
        `but not ${reserved.join(' or ')}`,
    )
  }
  const { provider } = client
  if (!provider) {
    problems.push(`${where}.provider is missing: give a declaration, such as github()`)
    return undefined
  }
  const wrong = [...checkProvider(provider), ...providerHostProblems(provider, hosts)]
  problems.push(...wrong.map((problem) => `${where}.provider: ${problem}`))

  const given: Readonly<Record<string, unknown>> = { ...client }
  const credential = (member: string, hint: string): string => {
    const value = given[member]
    if (typeof value !== 'string' || value === '') {
      problems.push(`${where}.${member} is missing: ${hint}`)
      return ''
    }
    // RFC 6749 appendix A.1, A.2: VSCHAR. A placeholder or a copied line end shows here, not at a login.
    if (!keys.includes(member) && !/^(?! )[\x20-\x7e]{1,1024}(?<! )$/.test(value)) {
      problems.push(
        `${where}.${member} is no credential: ${hint}, without space around it and in ASCII`,
      )
    }
    return value
  }
  const optional = (member: string, hint: string): string | undefined =>
    given[member] === undefined ? undefined : credential(member, hint)
  const base = { name, issuer: `${baseUrl}/${name}`, callbackUri: `${baseUrl}/${name}/callback` }

  if (provider.protocol === 'oauth1') {
    const consumerKey = credential('consumerKey', `${provider.name} gave it with the registration`)
    const secret = readOAuth1Secret(provider, where, credential, problems)
    for (const member of ['scopes', 'allowedScopes', 'relay', 'bearer']) {
      if (given[member] !== undefined) {
        problems.push(`${where}.${member} means nothing for OAuth 1.0a: leave it out`)
      }
    }
    const scopes: readonly string[] = []
    return {
      ...base,
      kind: 'oauth1',
      provider,
      consumerKey,
      secret,
      scopes,
      allowedScopes: new Set(),
    }
  }

  const clientId = credential('clientId', `${provider.name} gave it with the registration`)
  const signing = readSigning(provider, where, { credential, optional }, problems)
  const needsSecret = !signing && !['none', 'basic-id'].includes(provider.token?.clientAuth ?? '')
  const clientSecret = needsSecret
    ? credential('clientSecret', `${provider.name} gave it with the registration`)
    : undefined
  const options = client as ExchangeOAuth2Client
  if (options.bearer && (options.relay || apiCors(provider) === false)) {
    problems.push(
      `${where}.bearer can't go with relay or an API without CORS: the page could not use the token`,
    )
  }
  return {
    ...base,
    kind: 'oauth2',
    provider,
    registration: { clientId, clientSecret },
    signing,
    relay: options.relay === true,
    bearer: options.bearer === true,
    ...readScopes(where, options, provider.scopes ?? [], problems),
  }
}

function readOAuth1Secret(
  provider: OAuth1Provider,
  where: string,
  credential: (member: string, hint: string) => string,
  problems: string[],
): string {
  if (!signsByKey(provider.signature)) {
    return credential('consumerSecret', `${provider.name} gave it with the registration`)
  }
  const pem = credential(
    'privateKey',
    `${provider.name} checks RSA signatures: give the PEM of the private key`,
  )
  const problem = pem === '' ? undefined : privateKeyProblem(pem)
  if (problem !== undefined) problems.push(`${where}.privateKey ${problem}`)
  return pem
}

function readSigning(
  provider: OAuth2Provider | OidcProvider,
  where: string,
  {
    credential,
    optional,
  }: {
    credential: (member: string, hint: string) => string
    optional: (member: string, hint: string) => string | undefined
  },
  problems: string[],
): Signing | undefined {
  const { name, token } = provider
  const readKey = (hint: string): string => {
    const key = credential('signingKey', hint)
    const problem = key === '' ? undefined : signingKeyProblem(key)
    if (problem !== undefined) problems.push(`${where}.signingKey ${problem}`)
    return key
  }
  if (token?.clientAuth === 'private_key_jwt') {
    const key = readKey(`give the PEM of the key whose public half ${name} was given`)
    return { as: 'assertion', key, keyId: optional('keyId', `${name} shows it with the key`) }
  }
  const audience = token?.signedFor
  if (audience === undefined) return undefined
  return {
    as: 'secret',
    key: readKey(`${name} gave it once, as a file: give its PEM`),
    keyId: credential('keyId', `${name} shows it with the key`),
    teamId: credential('teamId', `${name} shows it with the account`),
    audience,
  }
}

const apiCors = (provider: OAuth2Provider | OidcProvider): boolean | undefined => provider.api?.cors

function readScopes(
  where: string,
  client: ExchangeOAuth2Client,
  declared: readonly string[],
  problems: string[],
): { scopes: readonly string[]; allowedScopes: ReadonlySet<string> } {
  const scopes = client.scopes ?? declared
  const allowedScopes = new Set(client.allowedScopes ?? scopes)
  for (const scope of [...scopes, ...allowedScopes]) {
    // RFC 6749 §3.3: scope-token.
    if (!/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) {
      problems.push(`${where}: ${JSON.stringify(scope)} can't be a scope: write each one apart`)
    }
  }
  const beyond = scopes.filter((scope) => !allowedScopes.has(scope))
  if (beyond.length > 0) {
    problems.push(
      `${where}.allowedScopes lacks ${beyond.join(', ')}, which scopes asks for: add it`,
    )
  }
  return { scopes, allowedScopes }
}
