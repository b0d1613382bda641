import type { Status } from '@spa-dance/browser-sdk'

/** What a status is called on the page. */
export const statuses: Readonly<Record<Status, string>> = {
  loading: 'Loading…',
  'signed-out': 'Signed out',
  'signing-in': 'Signing in…',
  'signed-in': 'Signed in',
  expired: 'Session ended',
}

/** A time to come, as `1:29`, `5 h` or `7 days`. */
export function duration(seconds: number): string {
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const hours = Math.round(seconds / 3600)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

/** The seconds that are left until a time in milliseconds, and never fewer than none. */
export const secondsUntil = (time: number, now: number): number =>
  Math.max(0, Math.ceil((time - now) / 1000))
