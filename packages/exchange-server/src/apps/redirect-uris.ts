import { isSafeUrl } from '@spa-dance/providers/protocol'
import type { AppConfig } from '../config/types.ts'

const pattern = '{client}'

/** Everything wrong with an app's redirect URIs, each with its fix. */
export function redirectUriProblems(where: string, uris: readonly string[]): string[] {
  if (uris.length === 0) {
    return [
      `${where} is empty: list where people come back to, such as https://app.example.com/callback/{client}`,
    ]
  }
  return uris.flatMap((uri, n) => {
    const at = `${where}[${n}] is ${JSON.stringify(uri)}:`
    const plain = uri.replace(pattern, 'client')
    if (!isSafeUrl(plain)) return [`${at} give an https URL (http only on loopback)`]
    const { origin } = new URL(plain)
    if (!uri.startsWith(origin) || /[{}*]/.test(plain)) {
      return [
        `${at} "{client}", once and in the path, is the only pattern; the host is written in lower case`,
      ]
    }
    if (plain.includes('#')) return [`${at} it may have no fragment (RFC 6749 §3.1.2)`]
    if (uri.length > 512) return [`${at} it is longer than 512 characters`]
    return []
  })
}

/** The origins whose pages are this app's. */
export function originsOf(uris: readonly string[]): ReadonlySet<string> {
  const plain = uris.map((uri) => uri.replace(pattern, 'client'))
  return new Set(plain.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).origin))
}

/** Whether the app may be sent back to this very URI for this client. No normalisation. */
export function allowsRedirectUri(app: AppConfig, client: string, uri: string): boolean {
  return app.redirectUris.some((listed) => listed.replace(pattern, client) === uri)
}
