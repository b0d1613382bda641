// `npm run demo`, on any Node from 20 on: makes the workspace ready, then hands over to its own Node.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bootstrap } from './bootstrap.mjs'

const { env } = await bootstrap({ browser: false }).catch((error) => {
  console.error(String(error.message))
  process.exit(1)
})

// The sources run as they are: Node takes the types out, and the condition finds them.
const demo = spawn('node', ['--conditions=spa-dance-source', 'demo/dev.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env,
  // Over the channel the demo learns that this process is gone, even if it was killed.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
// A terminal's Ctrl-C reaches the demo too. Either way this process ends after it.
let stopping = false
const stop = () => {
  stopping = true
  demo.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
// Whoever stops npm alone stops npm and its shell, and neither tells: a new parent does.
const parent = process.ppid
setInterval(() => process.ppid === parent || stop(), 250).unref()
demo.on('error', (error) => {
  console.error(`Can't start the demo: ${error.message}`)
  process.exitCode = 1
})
demo.on('exit', (code) => {
  process.exitCode = stopping ? 0 : (code ?? 1)
})
