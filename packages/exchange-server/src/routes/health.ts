import type { Exchange } from '../exchange.ts'
import { importPrivateKey } from '../oauth1/private-key.ts'
import { json, type Reply } from '../reply.ts'
import { now } from '../seal/seal.ts'

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
    if (client.kind !== 'oauth1' || client.provider.signature !== 'RSA-SHA1') continue
    try {
      const { algorithm } = await importPrivateKey(client.secret)
      if ('modulusLength' in algorithm && Number(algorithm.modulusLength) < 2048) {
        problems.push(
          `clients.${client.name}.privateKey is shorter than 2048 bits: make a new pair`,
        )
      }
    } catch {
      problems.push(
        `clients.${client.name}.privateKey is no RSA key that can sign: make a new pair`,
      )
    }
  }
  return problems
}
