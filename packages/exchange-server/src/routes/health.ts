import type { ClientConfig } from '../config/types.ts'
import type { Exchange } from '../exchange.ts'
import { hashOf, signsByKey } from '../oauth1/method.ts'
import { importPrivateKey } from '../oauth1/private-key.ts'
import { json, type Reply } from '../reply.ts'
import { now } from '../seal/seal.ts'
import { importSigningKey } from '../upstream/registration.ts'

/** `/healthz`: the process answers. */
export function healthz(): Promise<Reply> {
  return Promise.resolve(json(200, { status: 'ok' }))
}

/** `/readyz`: it can do its work. Asks no provider: one that is down must not take it out of service. */
export async function readyz(exchange: Exchange): Promise<Reply> {
  const problems = await readinessProblems(exchange)
  return problems.length === 0
    ? json(200, { status: 'ok' })
    : {
        ...json(503, { status: 'unable' }),
        failure: { error: 'not_ready', reason: problems.join('; ') },
      }
}

/** What could only be found out by trying: sealing, and the signing keys. */
export async function readinessProblems({ config, sealer }: Exchange): Promise<string[]> {
  const problems: string[] = []
  const sealed = await sealer.seal('answer', { text: '' }, now() + 60)
  if (!(await sealer.open('answer', sealed))) problems.push('sealKeys: sealing does not work')
  for (const client of config.clients.values()) {
    const problem = await keyProblem(client)
    if (problem !== undefined) problems.push(`clients.${client.name}.${problem}: make a new pair`)
  }
  return problems
}

async function keyProblem(client: ClientConfig): Promise<string | undefined> {
  if (client.kind === 'oauth2') {
    const { signing } = client
    if (!signing) return undefined
    try {
      const { alg, key } = await importSigningKey(signing.key)
      if (alg === 'RS256' && signing.as === 'secret') return 'signingKey is no key of P-256'
      return isShort(key) ? 'signingKey is shorter than 2048 bits' : undefined
    } catch {
      return 'signingKey is no key of P-256 or RSA'
    }
  }
  const { signature } = client.provider
  if (!signsByKey(signature)) return undefined
  try {
    const key = await importPrivateKey(client.secret, hashOf(signature))
    return isShort(key) ? 'privateKey is shorter than 2048 bits' : undefined
  } catch {
    return 'privateKey is no RSA key that can sign'
  }
}

const isShort = ({ algorithm }: Pick<CryptoKey, 'algorithm'>): boolean =>
  'modulusLength' in algorithm && Number(algorithm.modulusLength) < 2048
