/** What the protocol sets by itself; nothing that is declared may carry these (RFC 6749, 7523, 7636, 9101). */
const guarded =
  /^(client_id|client_secret|client_assertion.*|redirect_uri|response_.*|state|nonce|scope|request.*|code|code_challenge.*|code_verifier|grant_type|refresh_token|oauth_.*)$/

/** Whether a name of a parameter is the protocol's own, and so not an app's or a preset's to set. */
export function isGuarded(name: string): boolean {
  return guarded.test(name)
}
