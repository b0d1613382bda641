import type { Page } from '@playwright/test'
import type { createDance as create, Dance, Session } from '@spa-dance/browser-sdk'
import type { ExchangeOptions } from '@spa-dance/exchange-server'
import type { ReactNode } from 'react'
import type { Root } from 'react-dom/client'

declare global {
  // What code in the documentation may use without saying where it comes from: the SDK and the presets,
  const createDance: typeof create
  // an app's own dance and page,
  const dance: Dance
  const session: Session
  const root: Root
  const signal: AbortSignal
  function App(): ReactNode
  function render(...shown: unknown[]): void
  function show(...shown: unknown[]): void
  // and what a server or a test of it has.
  const options: ExchangeOptions
  const page: Page
}
