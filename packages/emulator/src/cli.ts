#!/usr/bin/env node
/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { defaultRegistrations, howToUse, usage } from './node/cli-text.ts'
import { startEmulator } from './node/index.ts'

const options = {
  port: { type: 'string', default: '4180' },
  host: { type: 'string', default: '127.0.0.1' },
  'public-key': { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const fail = (problem: string): void => {
  process.stderr.write(`dance-emulator: ${problem}\n`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options })
  if (values.help) {
    process.stdout.write(usage)
    return
  }
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    fail(`--port ${values.port} is no port: give a number from 0 (any that is free) to 65535`)
    return
  }
  const keyFile = values['public-key']
  const registrations = defaultRegistrations(
    [...values['redirect-uri']],
    keyFile === undefined ? undefined : readFileSync(keyFile, 'utf8'),
  )
  const emulator = await startEmulator({ port, host: values.host, registrations })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator.close())
  }
  process.stdout.write(howToUse(emulator.url, registrations))
}

run().catch((error: unknown) => {
  if (!(error instanceof Error)) throw error
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE')
    fail(`port ${port} is taken. Give another one with --port, or --port 0`)
  else if (code === 'EACCES') fail(`port ${port} may not be used. Give one above 1023 with --port`)
  else fail(error.message)
})
