// The exchange as it is published, on the Node that runs this: a whole dance with OAuth 2 and one with
// OAuth 1.0a, a refresh and a relayed call, against the emulator.
import assert from 'node:assert/strict'
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { request } from 'node:http'
import { emulated } from '@spa-dance/emulator/emulated'
import { startEmulator } from '@spa-dance/emulator/node'
import { startExchange } from '@spa-dance/exchange-server/node'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'

const { subtle } = webcrypto
const site = 'http://app.localhost'
const redirectUri = (/** @type {string} */ client) => `${site}/callback/${client}`
const random = () => randomBytes(32).toString('base64url')
const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('base64url')
const base64url = (/** @type {unknown} */ value) =>
  Buffer.from(JSON.stringify(value)).toString('base64url')

const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
const { kty, crv, x, y } = await subtle.exportKey('jwk', keys.publicKey)

/**
 * A DPoP proof (RFC 9449 §4.2).
 *
 * @param {string} htm
 * @param {string} htu
 * @param {{ nonce?: string, ath?: string }} [more]
 */
async function proof(htm, htu, more = {}) {
  const claims = { jti: random(), htm, htu, iat: Math.floor(Date.now() / 1000), ...more }
  const head = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } }
  const signed = `${base64url(head)}.${base64url(claims)}`
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signature = await subtle.sign(algorithm, keys.privateKey, Buffer.from(signed))
  return `${signed}.${Buffer.from(signature).toString('base64url')}`
}

/**
 * Like fetch without following redirects; `*.localhost` is this machine.
 *
 * @param {string} url
 * @param {{ method?: string, headers?: Record<string, string>, body?: string }} [init]
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: string }>}
 */
function send(url, { method = 'GET', headers = {}, body = '' } = {}) {
  const { host, hostname, port, pathname, search } = new URL(url)
  assert.match(hostname, /(^|\.)localhost$|^127\.0\.0\.1$/)
  return new Promise((resolve, reject) => {
    const path = pathname + search
    const to = { host: '127.0.0.1', port, path, method, headers: { ...headers, host } }
    const sent = request(to, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: text }),
      )
    })
    sent.on('error', reject).end(body)
  })
}

const registrations = {
  github: [{ clientId: 'hub', clientSecret: 'hub-secret', redirectUris: [''] }],
  twitter: [{ clientId: 'bird', clientSecret: 'bird-secret', redirectUris: [''] }],
}
const port = await freePort()
const baseUrl = `http://exchange.localhost:${port}`
for (const [name, [one]] of Object.entries(registrations)) {
  if (one !== undefined) one.redirectUris = [`${baseUrl}/${name}/callback`]
}
const emulator = await startEmulator({ port: 0, registrations })
const exchange = await startExchange({
  baseUrl,
  port,
  apps: { spa: { redirectUris: [redirectUri('{client}')] } },
  clients: {
    github: {
      provider: emulated(github(), emulator.url),
      clientId: 'hub',
      clientSecret: 'hub-secret',
    },
    twitter: {
      provider: emulated(twitter(), emulator.url),
      consumerKey: 'bird',
      consumerSecret: 'bird-secret',
    },
  },
  sealKeys: [`one:${random()}`],
})

async function freePort() {
  const { createServer } = await import('node:net')
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/**
 * From the authorization request to the tokens, with the person's consent given beforehand.
 *
 * @param {string} client
 */
async function dance(client) {
  emulator.control.approveNext(client)
  const [state, verifier] = [random(), random()]
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'spa',
    redirect_uri: redirectUri(client),
    state,
    code_challenge: sha256(verifier),
    code_challenge_method: 'S256',
  })
  const asked = await send(`${baseUrl}/${client}/authorize?${query}`)
  assert.ok(asked.headers.location, asked.body)
  const agreed = await send(asked.headers.location)
  assert.ok(agreed.headers.location, agreed.body)
  const cookie = String(asked.headers['set-cookie']).split(';', 1)[0] ?? ''
  const back = await send(agreed.headers.location, { headers: { cookie } })
  const answer = new URL(String(back.headers.location)).searchParams
  assert.equal(answer.get('state'), state)
  assert.equal(answer.get('iss'), `${baseUrl}/${client}`)
  return token(client, {
    grant_type: 'authorization_code',
    code: String(answer.get('code')),
    redirect_uri: redirectUri(client),
    code_verifier: verifier,
  })
}

/**
 * @param {string} client
 * @param {Record<string, string>} grant
 * @param {string} [nonce]
 */
async function token(client, grant, nonce) {
  const url = `${baseUrl}/${client}/token`
  const reply = await send(url, {
    method: 'POST',
    headers: {
      origin: site,
      dpop: await proof('POST', url, nonce === undefined ? {} : { nonce }),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: String(new URLSearchParams({ client_id: 'spa', ...grant })),
  })
  assert.equal(reply.status, 200, reply.body)
  return { ...JSON.parse(reply.body), nonce: String(reply.headers['dpop-nonce']) }
}

try {
  assert.equal((await send(`${baseUrl}/healthz`)).status, 200)
  assert.equal((await send(`${baseUrl}/readyz`)).status, 200)

  const hub = await dance('github')
  const refresh = { grant_type: 'refresh_token', refresh_token: hub.refresh_token }
  const again = await token('github', refresh, hub.nonce)
  assert.ok(again.refresh_token)

  const bird = await dance('twitter')
  assert.equal(bird.token_type, 'DPoP')
  const url = `${baseUrl}/twitter/api/users/me`
  const relayed = await send(url, {
    headers: {
      origin: site,
      authorization: `DPoP ${bird.access_token}`,
      dpop: await proof('GET', url, { nonce: bird.nonce, ath: sha256(bird.access_token) }),
    },
  })
  assert.equal(relayed.status, 200, relayed.body)
  assert.ok(JSON.parse(relayed.body).data.id)
  console.log(`Both dances work on Node ${process.version}`)
} finally {
  await exchange.close()
  await emulator.close()
}
