/** A popup as the page that opened it sees it. */
export interface FakePopup {
  readonly window: Window
  /** Where it was sent. */
  readonly went: string[]
  opener: unknown
  /** What it says of itself, true or not. */
  closed: boolean
  /** Whether it refuses to say where it is, as a page of another site does. */
  elsewhere: boolean
  /** How often it was asked whether it is closed. */
  looks: number
}

export function fakePopup(): FakePopup {
  const popup: FakePopup = {
    window: {} as Window,
    went: [],
    opener: window,
    closed: false,
    elsewhere: false,
    looks: 0,
  }
  const location = {
    replace: (url: string) => void popup.went.push(url),
    get href() {
      if (popup.elsewhere) throw new DOMException('another site', 'SecurityError')
      return 'about:blank'
    },
  }
  const shown = {
    location,
    moveTo: () => {},
    close: () => {
      popup.closed = true
    },
  }
  Object.defineProperty(shown, 'closed', {
    get: () => {
      popup.looks += 1
      return popup.closed
    },
  })
  Object.defineProperty(shown, 'opener', {
    get: () => popup.opener,
    set: (opener: unknown) => {
      popup.opener = opener
    },
  })
  return Object.assign(popup, { window: shown as unknown as Window })
}
