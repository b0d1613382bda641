import type { Page } from '../page.ts'
import { fakePopup, type FakePopup } from './fake-popup.ts'

/** A page under a test's control: leaving it only says where to. */
export interface FakePage extends Page {
  /** All places it was left for. */
  readonly left: string[]
  /** The popups it opened. */
  readonly popups: FakePopup[]
  showAgain(): void
  readonly isClosed: () => boolean
}

/** What may be different about a page. */
export interface FakePageOptions {
  framed?: boolean
  /** Whether the browser lets it open a popup. */
  opens?: boolean
  /** Whether a script may close it. */
  closes?: boolean
}

export function fakePage(
  path: string,
  { framed = false, opens = true, closes = true }: FakePageOptions = {},
): FakePage {
  let href = new URL(path, location.origin).href
  let closed = false
  const listeners = new Set<() => void>()
  const left: string[] = []
  const popups: FakePopup[] = []
  return {
    origin: location.origin,
    href: () => href,
    replaceUrl: (url) => {
      href = new URL(url, href).href
    },
    leave: (url) => void left.push(url),
    openPopup: () => {
      if (!opens) return null
      const popup = fakePopup()
      popups.push(popup)
      return popup.window
    },
    close: () => {
      closed = closes
      return closed
    },
    framed,
    onShownAgain: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    left,
    popups,
    showAgain: () => listeners.forEach((listener) => listener()),
    isClosed: () => closed,
  }
}
