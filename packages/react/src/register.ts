import type { Dance } from '@spa-dance/browser-sdk'

/**
 * Augment it once, and the names of your clients are checked and completed everywhere:
 *
 * ```ts
 * declare module '@spa-dance/react' {
 *   interface Register { dance: typeof dance }
 * }
 * ```
 */
export interface Register {}

/** The app's dance as registered; any dance until then. */
export type RegisteredDance = Register extends { dance: infer D extends Dance } ? D : Dance

/** The names of the app's clients as registered; any text until then. */
export type ClientName = RegisteredDance extends Dance<infer Name> ? Name : never
