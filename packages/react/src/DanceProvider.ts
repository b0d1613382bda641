import {
  createContext,
  createElement,
  type Context,
  type ReactElement,
  type ReactNode,
} from 'react'
import type { RegisteredDance } from './register.ts'

export const DanceContext: Context<RegisteredDance | null> = createContext<RegisteredDance | null>(
  null,
)

/** What `DanceProvider` takes. */
export interface DanceProviderProps {
  /** Made once with `createDance`, outside any component. */
  dance: RegisteredDance
  children?: ReactNode
}

/**
 * Makes a dance available to `useDance` below it. It starts and stops nothing, so it may be mounted
 * twice, as React's StrictMode does, and rendered on a server.
 */
export function DanceProvider({ dance, children }: DanceProviderProps): ReactElement {
  return createElement(DanceContext.Provider, { value: dance }, children)
}
