import { onGet, onPost, type Counterpart } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import type { Person } from '../people.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.digitalocean.com'

const uuidOf = ({ number }: Person): string => `b6fr89dbf6d9156cace5f3c78dc9851d957${number}`
const infoOf = (person: Person) => ({
  uuid: uuidOf(person),
  name: person.name ?? person.handle,
  email: person.email ?? `${person.handle}@example.com`,
})

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'ignored',
  mayOmit: ['scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  passesUnseen: () => true,
  codeLifetime: 600,
  tokenLifetime: 2_592_000,
  tokenType: 'bearer',
  tokenPrefix: { access: 'doo_v1_', refresh: 'dor_v1_' },
  refresh: { endsOldAccess: true },
  arrange: (members, { grant }) => ({ ...members, info: infoOf(grant.person) }),
  reply: 'json',
  redirectUriAtToken: 'required',
}

const problem = (id: string, message: string): unknown => ({ id, message })

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => problem('unauthorized', 'Unable to authenticate you'),
  missingScope: problem('forbidden', 'You are not authorized to perform this operation'),
}

const account = ({ person }: Grant): unknown => ({
  account: { ...infoOf(person), email_verified: true, status: 'active', droplet_limit: 25 },
})

/** DigitalOcean. Facts: DigitalOcean's docs (OAuth API) and social-core, checked 2026-11-23. */
export const digitalocean: Counterpart = {
  id: 'digitalocean',
  name: 'DigitalOcean',
  hosts: ['cloud.digitalocean.com', apiHost],
  look: {
    colour: '#0080ff',
    button: '#0061eb',
    mark: 'M12.04 0C5.408-.02.005 5.37.005 11.992h4.638c0-4.923 4.882-8.731 10.064-6.855a6.95 6.95 0 014.147 4.148c1.889 5.177-1.924 10.055-6.84 10.064v-4.61H7.391v4.623h4.61V24c7.86 0 13.967-7.588 11.397-15.83-1.115-3.59-3.985-6.446-7.575-7.575A12.8 12.8 0 0012.039 0zM7.39 19.362H3.828v3.564H7.39zm-3.563 0v-2.978H.85v2.978z',
    approve: 'Authorize',
    decline: 'Cancel',
  },
  scopes: { read: 'Read your account and resources', write: 'Change your resources' },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/v1/oauth/authorize', 'authorize', authorize(rules)),
    onPost('/v1/oauth/token', 'token', token(rules)),
    onPost('/v1/oauth/revoke', 'revocation', revoke(rules, 'grant')),
    onGet('/v2/account', 'api', api(apiRules, ['read', 'write'], account), { host: apiHost }),
  ],
}
