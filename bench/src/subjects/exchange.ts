import { startExchange } from '@spa-dance/exchange-server/node'
import { custom } from '@spa-dance/providers/custom'
import { generateKeyPairSync } from 'node:crypto'
import { announce } from '../subject.ts'

const [, , upstream = ''] = process.argv

const oauth2 = (id: string, delay: string) =>
  custom({
    id,
    name: id,
    protocol: 'oauth2',
    route: 'exchange',
    authorization: { url: `${upstream}/authorize` },
    token: { url: `${upstream}/${delay}/token` },
    api: { baseUrl: `${upstream}/${delay}/`, cors: true },
    scopes: ['read'],
  })

const oauth1 = <S extends 'HMAC-SHA1' | 'RSA-SHA1'>(id: string, signature: S, path: string) =>
  custom({
    id,
    name: id,
    protocol: 'oauth1',
    route: 'exchange',
    signature,
    requestToken: { url: `${upstream}/0/request-token` },
    authorization: { url: `${upstream}/authorize` },
    accessToken: { url: `${upstream}/0/access-token` },
    api: { baseUrl: `${upstream}/${path}/`, cors: false },
  })

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const registration = { clientId: 'bench-id', clientSecret: 'bench-secret' }
const consumer = { consumerKey: 'bench-key', consumerSecret: 'bench-secret' }

const { port } = await startExchange({
  baseUrl: 'http://127.0.0.1:0',
  port: 0,
  apps: { spa: { redirectUris: ['https://app.example.com/callback/{client}'] } },
  clients: {
    fast: { provider: oauth2('fast', '0'), ...registration },
    slow: { provider: oauth2('slow', '200'), ...registration },
    hmac: { provider: oauth1('hmac', 'HMAC-SHA1', '0'), ...consumer },
    hold: { provider: oauth1('hold', 'HMAC-SHA1', '8000'), ...consumer },
    drip: { provider: oauth1('drip', 'HMAC-SHA1', 'drip'), ...consumer },
    rsa: {
      provider: oauth1('rsa', 'RSA-SHA1', '0'),
      consumerKey: 'bench-key',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  },
  sealKeys: ['k1:q7vXQm3dVt0Q4g2Yh6m1b9s8ZxK5jN0aLcEwRfUoPiA'],
})
announce(port)
