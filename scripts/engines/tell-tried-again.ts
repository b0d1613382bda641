// Set up before each test file in a browser: a test that needed a second try says so in the report.
import { afterEach } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    /** Whether this was not the first try. */
    triedAgain?: boolean
  }
}

afterEach(({ task }) => {
  if (!task.fails && (task.result?.retryCount ?? 0) > 0) task.meta.triedAgain = true
})
