/** What the dance does with the page it is in. */
export interface Page {
  readonly origin: string
  href(): string
  /** Another URL for the same page, without a further history entry. */
  replaceUrl(url: string): void
  leave(url: string): void
  /** An empty window, or null where the browser allows none: it has to come right from a click. */
  openPopup(): Window | null
  /** @returns whether this page may be closed, and is */
  close(): boolean
  /** Whether another page shows this one in a frame. */
  readonly framed: boolean
  /** Calls back when the page is shown again with its old memory (back/forward cache). */
  onShownAgain(listener: () => void): () => void
}

/** The page this code runs in, or undefined on a server and in a worker. */
export function currentPage(): Page | undefined {
  if (typeof window === 'undefined' || typeof document === 'undefined') return undefined
  return {
    origin: location.origin,
    href: () => location.href,
    replaceUrl: (url) => history.replaceState(history.state, '', url),
    leave: (url) => location.assign(url),
    openPopup: () => open('', '', 'popup,width=520,height=680'),
    close: () => {
      window.close()
      return window.closed
    },
    framed: window.top !== window,
    onShownAgain: (listener) => {
      const shown = (event: PageTransitionEvent): void => {
        if (event.persisted) listener()
      }
      addEventListener('pageshow', shown)
      return () => removeEventListener('pageshow', shown)
    },
  }
}
