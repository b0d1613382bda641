import type { DanceError, DanceErrorCode } from '@spa-dance/browser-sdk'

const sentences: { readonly [Code in DanceErrorCode]?: (name: string) => string } = {
  'access-denied': (name) => `You declined at ${name}: nothing was stored.`,
  'login-cancelled': (name) => `You came back before ${name} had an answer: nothing was stored.`,
  'flow-expired': (name) => `That took longer than ${name} waits: nothing was stored.`,
  'session-expired': (name) => `${name} has ended this session.`,
  'network-failed': (name) => `${name} can’t be reached right now.`,
  timeout: (name) => `${name} is taking too long right now.`,
  'provider-unavailable': (name) => `${name} isn’t well right now.`,
}

/** An error in words for the person who signs in: its own message is for who built the app. */
export function explain({ code, message }: DanceError, name: string): string {
  return sentences[code]?.(name) ?? message.replace(/^(\[[^\]]*\] )+/, '')
}
