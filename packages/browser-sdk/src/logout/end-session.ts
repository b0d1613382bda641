import { safeReturnTo } from '../callback/return-to.ts'
import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { randomText } from '../crypto/text.ts'
import { resolveServer } from '../server/resolve.ts'
import { storeOf } from '../storage/store.ts'
import type { StoredSession } from '../storage/types.ts'
import type { LogoutOptions } from '../types.ts'

/**
 * Where the provider signs a person out of itself (OpenID Connect RP-Initiated Logout 1.0 §2), and
 * sends them back from with a `state` that is kept here.
 *
 * @returns undefined where there is no such page, or another party than this page has signed in there
 */
export async function endSessionUrl(
  context: Context,
  client: ClientConfig,
  { idToken }: StoredSession,
  { returnTo }: LogoutOptions,
): Promise<string | undefined> {
  const { page, config } = context
  const { openid } = (await resolveServer(client)).speaks
  if (openid?.endSessionUrl === undefined) return undefined
  const { name, clientId, redirectUri } = client
  const state = randomText()
  const here = new URL(page.href())
  await storeOf(context).flows.put({
    v: 1,
    logout: true,
    state,
    client: name,
    context: client.context,
    redirectUri,
    verifier: '',
    scopes: [],
    returnTo: safeReturnTo(
      returnTo ?? here.pathname + here.search + here.hash,
      page.origin,
      config.home,
    ),
    created: Date.now(),
  })
  const url = new URL(openid.endSessionUrl)
  const params = {
    ...(idToken !== undefined && { id_token_hint: idToken }),
    client_id: clientId,
    post_logout_redirect_uri: redirectUri,
    state,
  }
  for (const [key, value] of Object.entries(params)) url.searchParams.set(key, value)
  return url.href
}
