import { randomBytes } from 'node:crypto'

/** A new seal key: `<kid>:<32 random bytes, base64url>`. The kid tells its day. */
export function newSealKey(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  return `k${day}${randomBytes(2).toString('hex')}:${randomBytes(32).toString('base64url')}`
}
