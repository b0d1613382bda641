/** How the page signs people in. */
export const modes = { redirect: 'this tab', popup: 'a popup' } as const

export type Mode = keyof typeof modes

const key = 'demo:mode'

/** What was chosen in this tab, also before a dance that left it. */
export function readMode(): Mode {
  return sessionStorage.getItem(key) === 'popup' ? 'popup' : 'redirect'
}

export function writeMode(mode: Mode): void {
  sessionStorage.setItem(key, mode)
}
