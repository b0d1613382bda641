import type { Locator } from 'vitest/browser'

/** Clicks by the DOM: in Firefox the driver's own click does not always find Vitest's frame. */
export const press = (button: Locator): void => (button.element() as HTMLElement).click()
