// Set up before each test file in a browser: what an engine is listed as unable to do has to fail there,
// so that the list holds nothing that works by now.
import { beforeEach, inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The titles of tests that this engine does not pass, by their files. */
    unable: Readonly<Record<string, readonly string[]>>
  }
}

const unable = inject('unable')

beforeEach(({ task }) => {
  const listed = Object.entries(unable).find(([file]) => task.file.filepath.endsWith(`/${file}`))
  // What `test.fails` does where a test is written.
  if (listed?.[1].includes(task.name)) Object.assign(task, { fails: true })
})
