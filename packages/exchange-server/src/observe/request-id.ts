/**
 * The id that a proxy in front gave the request, or a new one. What could break a log line or swell
 * it is not taken.
 */
export function requestId(given: string | null): string {
  return given !== null && /^[\w.-]{8,64}$/.test(given) ? given : crypto.randomUUID()
}
