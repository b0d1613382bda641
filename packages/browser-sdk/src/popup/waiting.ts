/** Held by the page that waits for a popup, so that the popup knows whether one does. */
export const waitingLock = (state: string): string => `spa-dance:popup:${state}`

/** Whether a page waits for a popup with this login. */
export async function isAwaited(state: string): Promise<boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return held.some(({ name }) => name === waitingLock(state))
}
