import { createProof, type ProofOf } from './proof.ts'

/** The latest nonce of each origin (RFC 9449 §8). */
const nonces = new Map<string, string>()

/**
 * Sends a request with a proof, and once more if the server says that it wants a nonce in it.
 *
 * @param send sends the request with the proof it is given
 * @param wantsNonce whether an answer is such a demand; any other answer is final, whatever
 *   headers it has
 */
export async function sendWithProof<Reply extends { readonly headers: Headers }>(
  proof: Omit<ProofOf, 'nonce'>,
  send: (proof: string) => Promise<Reply>,
  wantsNonce: (reply: Reply) => boolean,
): Promise<Reply> {
  const { origin } = new URL(proof.url)
  const attempt = async (): Promise<Reply> => {
    const reply = await send(await createProof({ ...proof, nonce: nonces.get(origin) }))
    const nonce = reply.headers.get('DPoP-Nonce')
    if (nonce !== null) nonces.set(origin, nonce)
    return reply
  }
  const sent = nonces.get(origin)
  const first = await attempt()
  return wantsNonce(first) && nonces.get(origin) !== sent ? attempt() : first
}
