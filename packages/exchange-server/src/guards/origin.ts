import type { AppConfig, ExchangeConfig } from '../config/types.ts'
import { OAuthError } from '../errors.ts'

/**
 * The first gate of `/token`, `/revoke` and `/api`, before any work: somebody among the apps must
 * be at home at the request's Origin, or be browserless.
 *
 * @returns the Origin to name in CORS headers, or undefined for a request without one
 * @throws OAuthError 403
 */
export function admitOrigin(config: ExchangeConfig, request: Request): string | undefined {
  for (const app of config.apps.values()) {
    if (isAtHome(app, config, request)) return request.headers.get('origin') ?? undefined
  }
  throw refused()
}

/**
 * The second gate, once the request has said or proved whose it is.
 *
 * @throws OAuthError 403 where the Origin is another app's
 */
export function requireOriginOf(app: AppConfig, config: ExchangeConfig, request: Request): void {
  if (!isAtHome(app, config, request)) throw refused()
}

function isAtHome(app: AppConfig, config: ExchangeConfig, request: Request): boolean {
  const origin = request.headers.get('origin')
  if (origin !== null) return app.origins.has(origin)
  if (app.browserless) return true
  // Browsers send no Origin with a GET to their own origin, but a header that no script can set.
  return app.origins.has(config.origin) && request.headers.get('sec-fetch-site') === 'same-origin'
}

const refused = (): OAuthError =>
  new OAuthError(
    403,
    'invalid_request',
    "This Origin is not allowed: list one of its pages in the app's redirectUris, or make an app " +
      'without a browser `browserless`.',
  )
