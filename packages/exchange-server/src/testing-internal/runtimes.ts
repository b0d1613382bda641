import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { emulated } from '@spa-dance/emulator/emulated'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'
import { Miniflare, Response as WorkerdResponse, type Request as WorkerdRequest } from 'miniflare'
import { bundleExample } from './bundle-example.ts'
import { localhostFetch } from './localhost-fetch.ts'
import type { Surroundings } from './runtime.contract.ts'

interface Running {
  close(): Promise<void>
}
type Start = (surroundings: Surroundings) => Promise<Running>

/** The examples in `examples/`, each in the runtime that it is for. */
export const runtimes: Readonly<Record<string, Start>> = {
  node: (around) =>
    run(around, 'exchange-node', { node: true }, (file) => [process.execPath, file]),
  deno: (around) =>
    run(around, 'exchange-deno', {}, (file) => [
      process.env['DENO'] ?? 'deno',
      'run',
      '--allow-net',
      '--allow-env',
      file,
    ]),
  bun: (around) =>
    run(around, 'exchange-bun', {}, (file) => [process.env['BUN'] ?? 'bun', 'run', file]),
  workerd,
  lambda,
}

/** As a process that listens by itself. */
async function run(
  { env, emulatorUrl }: Surroundings,
  example: string,
  options: Parameters<typeof bundleExample>[2],
  command: (file: string) => readonly string[],
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'dance-runtime-'))
  const file = join(folder, 'main.mjs')
  writeFileSync(file, await bundleExample(example, emulatorUrl, options))
  const [program = '', ...args] = command(file)
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: process.env['PATH'], HTTP_PROXY: emulatorUrl, NO_COLOR: '1', ...env },
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => resolve())
  })
  return {
    async close() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

async function workerd({ port, env, emulatorUrl }: Surroundings): Promise<Running> {
  const script = await bundleExample('exchange-cloudflare', emulatorUrl, {
    // As Wrangler sets them.
    conditions: ['workerd', 'worker', 'browser'],
  })
  const { fetch, close } = localhostFetch()
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port,
    // No network but the emulator's.
    cf: false,
    modules: true,
    script,
    compatibilityDate: '2026-01-01',
    bindings: { ...env },
    async outboundService(request: WorkerdRequest) {
      const { url, method, headers } = request
      const body = new Uint8Array(await request.arrayBuffer())
      const answer = await fetch(url, {
        method,
        headers: Object.fromEntries(headers),
        ...(body.length > 0 && { body }),
      })
      const { status } = answer
      // No status without a body may be given one, not even an empty one.
      const given = answer.body === null ? null : await answer.arrayBuffer()
      return new WorkerdResponse(given, { status, headers: Object.fromEntries(answer.headers) })
    },
  })
  await miniflare.ready
  return {
    async close() {
      await miniflare.dispose()
      await close()
    },
  }
}

type Handler = (event: unknown) => Promise<{
  statusCode: number
  headers?: Record<string, string>
  cookies?: string[]
  body: string
  isBase64Encoded: boolean
}>

/** As a function behind a function URL: events of payload format 2.0 in, results out. */
async function lambda({ port, env, emulatorUrl }: Surroundings): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'dance-runtime-'))
  const file = join(folder, 'main.mjs')
  const bundle = await bundleExample('exchange-lambda', emulatorUrl, { node: true })
  writeFileSync(file, bundle)
  const variables = { ...env, DANCE_ALLOW_PRIVATE: emulatedHosts(emulatorUrl) }
  Object.assign(process.env, variables)
  const { handler }: { handler: Handler } = await import(pathToFileURL(file).href)
  const server = createServer((incoming, outgoing) => {
    void readAll(incoming).then(async (body) => {
      const { statusCode, headers, cookies, ...answer } = await handler(eventOf(incoming, body))
      outgoing.writeHead(statusCode, { ...headers, ...(cookies && { 'set-cookie': cookies }) })
      outgoing.end(Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8'))
    })
  })
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  return {
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name)
      rmSync(folder, { recursive: true })
    },
  }
}

/** The hosts that the providers have at the emulator: all of this machine. */
function emulatedHosts(url: string): string {
  const providers = [github(), twitter()].map((provider) => emulated(provider, url))
  const hosts = JSON.stringify(providers).matchAll(/http:\/\/([^/:"]+)/g)
  return [...new Set(Array.from(hosts, ([, host = '']) => host))].join(',')
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** What a function URL makes of a request (AWS Lambda, "Request payload format"). */
function eventOf({ url = '/', method = 'GET', headers }: IncomingMessage, body: Buffer): unknown {
  const [rawPath, rawQueryString = ''] = url.split('?')
  const { cookie, ...rest } = headers
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    requestContext: {
      domainName: headers.host,
      http: { method, path: rawPath, sourceIp: '127.0.0.1' },
    },
    ...(body.length > 0 && { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
  }
}
