import { readFileSync } from 'node:fs'
import type { Environment } from './environment.ts'

/** Variables that may hold a secret: of the exchange itself, and of clients. */
const secret = /^(?:DANCE_(?:SEAL_KEYS|REDIS_URL)|\w+_OAUTH_[A-Z_]+)$/

/**
 * Adds what lies in files: `GITHUB_OAUTH_CLIENT_SECRET_FILE=/run/secrets/github` stands for
 * `GITHUB_OAUTH_CLIENT_SECRET`, as Docker and Kubernetes hand out secrets. Space around it, such as
 * the last line's end, is no part of it.
 *
 * @param problems gets what can't be read, or is given twice; never a secret
 */
export function withSecretFiles(env: Environment, problems: string[]): Environment {
  const found: Record<string, string> = {}
  for (const [variable, path] of Object.entries(env)) {
    const name = variable.replace(/_FILE$/, '')
    if (name === variable || !path || !secret.test(name)) continue
    if (env[name]) problems.push(`${name} and ${variable} are both set: keep one of them`)
    try {
      const text = readFileSync(path, 'utf8').trim()
      if (text === '') problems.push(`${variable} names an empty file`)
      else found[name] = text
    } catch (error) {
      const { code = 'unreadable' } = error as NodeJS.ErrnoException
      problems.push(`${variable} names a file that can't be read (${code})`)
    }
  }
  return { ...env, ...found }
}
