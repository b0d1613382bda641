import { startDemo } from './start.ts'

const demo = await startDemo({ mode: 'dev' })
process.stdout.write(`The demo is at ${demo.appUrl} (Ctrl-C stops it)\n`)

const stop = () => {
  void demo.close().finally(() => process.exit(0))
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
// The launcher is gone, however that came about.
process.once('disconnect', stop)
