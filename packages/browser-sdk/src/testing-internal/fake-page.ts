import type { Page } from '../page.ts'

/** A page under a test's control: leaving it only says where to. */
export interface FakePage extends Page {
  /** All places it was left for. */
  readonly left: string[]
  showAgain(): void
}

export function fakePage(path: string, { framed = false }: { framed?: boolean } = {}): FakePage {
  let href = new URL(path, location.origin).href
  const listeners = new Set<() => void>()
  const left: string[] = []
  return {
    origin: location.origin,
    href: () => href,
    replaceUrl: (url) => {
      href = new URL(url, href).href
    },
    leave: (url) => void left.push(url),
    framed,
    onShownAgain: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    left,
    showAgain: () => listeners.forEach((listener) => listener()),
  }
}
