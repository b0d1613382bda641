#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'
import { readArguments, usage, type Arguments } from './cli/arguments.ts'
import { newSealKey } from './cli/keygen.ts'
import { noSetting, report } from './cli/report.ts'
import { ExchangeConfigError } from './errors.ts'
import { loadConfig, readSettings, type LoadOptions } from './node/load-config.ts'
import { isLogLevel, jsonLines } from './observe/json-lines.ts'

const print = (text: string): void => void process.stdout.write(`${text.trimEnd()}\n`)

async function run(argv: readonly string[]): Promise<void> {
  const asked = readArguments(argv)
  if (asked.command === 'help') return print(usage)
  if (asked.command === 'version') return print(version())
  if (asked.command === 'keygen') return print(newSealKey())
  if (asked.command === 'check') {
    const settings = await readSettings(sources(asked))
    print(report(settings))
    process.exitCode = settings.problems.length === 0 ? 0 : 1
    return
  }
  await start(asked)
}

async function start(asked: Arguments): Promise<void> {
  const options = await loadConfig({
    ...sources(asked),
    onUnknown: (variable) => process.stderr.write(`${noSetting(variable)}\n`),
  })
  // Loaded late: the other commands need no server.
  const { startExchange } = await import('./node/start.ts')
  const running = await startExchange({ log: jsonLines(print, logLevel(asked)), ...options })
  print(`The exchange listens on port ${running.port}; browsers reach it at ${running.url}`)
  const stop = (): void => {
    // A second signal ends it at once.
    for (const signal of signals) process.off(signal, stop)
    void running.close()
  }
  for (const signal of signals) process.on(signal, stop)
}

const signals = ['SIGTERM', 'SIGINT'] as const

function sources({ config, envFile, port, host }: Arguments): LoadOptions {
  // Into `process.env`, so that a configuration file finds them there too. What is set already wins.
  if (envFile !== undefined) process.loadEnvFile(envFile)
  const file = config ?? ['dance-exchange.config.mjs', 'dance-exchange.config.js'].find(existsSync)
  const override = { ...(port !== undefined && { port }), ...(host !== undefined && { host }) }
  return { file, override }
}

function logLevel({ logLevel: level = process.env['DANCE_LOG_LEVEL'] || 'info' }: Arguments) {
  if (isLogLevel(level)) return level
  throw new TypeError('--log-level and DANCE_LOG_LEVEL take info, warn, error or off.')
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return String(JSON.parse(text).version)
}

function explain(error: unknown): string {
  if (error instanceof ExchangeConfigError) return error.message
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return 'The port is taken: stop what uses it, or choose another by --port or PORT.'
  }
  if (code === 'EACCES') return 'This port is not allowed: choose one above 1023 by --port or PORT.'
  if (code === 'ENOENT') return `There is no such file: ${message.replace(/^.*open /, '')}`
  return `${message}\n\n${usage}`
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}
