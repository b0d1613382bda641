// Installs the packed packages into a fresh Vite + React project outside the workspace, type-checks,
// builds and serves it, and signs in with a real browser.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { signIn } from './sign-in.ts'
import { freePorts, serveFolder } from './serve.ts'

const tarballs = resolve(process.argv[2] ?? '')
const template = join(import.meta.dirname, 'template')
const root = join(import.meta.dirname, '../..')
const project = mkdtempSync(join(tmpdir(), 'spa-dance-packed-app-'))
const children: ChildProcess[] = []

/** The versions that the workspace itself uses. */
function versions(names: readonly string[]): Record<string, string> {
  const pinned = ['package.json', 'demo/package.json'].map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const manifest = JSON.parse(text) as Record<string, Record<string, string>>
    return { ...manifest['dependencies'], ...manifest['devDependencies'] }
  })
  const all: Record<string, string> = Object.assign({}, ...pinned)
  return Object.fromEntries(names.map((name) => [name, all[name] ?? '*']))
}

function packages(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(tarballs).map((file) => [
      file.replace(/^spa-dance-(.*)-\d+\.\d+\.\d+.*\.tgz$/, '@spa-dance/$1'),
      `file:${join(tarballs, file)}`,
    ]),
  )
}

/** Runs a command of the project to its end. */
function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    console.log(`$ ${command} ${args.join(' ')}`)
    spawn(command, args, { cwd: project, env, stdio: ['ignore', 'inherit', 'inherit'] })
      .once('error', fail)
      .once('exit', (code) => (code === 0 ? done() : fail(new Error(`${command} failed`))))
  })
}

/** Starts a server of the project, resolves once something answers at the URL. */
async function start(command: string, args: readonly string[], url: string): Promise<void> {
  console.log(`$ ${command} ${args.join(' ')}`)
  const child = spawn(command, args, { cwd: project, env, stdio: ['ignore', 'inherit', 'inherit'] })
  children.push(child)
  for (let tries = 0; child.exitCode === null && tries < 200; tries++) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    )
    if (answered) return
    await new Promise((wait) => setTimeout(wait, 50))
  }
  throw new Error(`${command} didn't start`)
}

const [app = 0, exchange = 0, emulator = 0] = await freePorts(3)
const appUrl = `http://app.localhost:${app}`
const exchangeUrl = `http://exchange.localhost:${exchange}`
// What the project would find on a machine without the workspace.
const path = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.startsWith(root))
const env = {
  ...process.env,
  PATH: [join(project, 'node_modules/.bin'), ...path].join(':'),
  VITE_EXCHANGE_URL: exchangeUrl,
  VITE_EMULATOR_URL: `http://localhost:${emulator}`,
}

const secret = 'github-secret'

try {
  cpSync(template, project, { recursive: true })
  const manifest = {
    name: 'packed-app',
    private: true,
    type: 'module',
    dependencies: { ...packages(), ...versions(['react', 'react-dom']) },
    devDependencies: versions([
      '@types/react',
      '@types/react-dom',
      '@vitejs/plugin-react',
      'typescript',
      'vite',
    ]),
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'])
  const settings = {
    DANCE_BASE_URL: exchangeUrl,
    DANCE_REDIRECT_URIS: `${appUrl}/callback/{client}/`,
    DANCE_SEAL_KEYS: execFileSync('dance-exchange', ['keygen'], { env, encoding: 'utf8' }).trim(),
    GITHUB_OAUTH_CLIENT_ID: 'github-client',
    GITHUB_OAUTH_CLIENT_SECRET: secret,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(project, '.env'), lines.join(''))
  await run('dance-exchange', ['check', '--env-file', '.env'])
  await run('tsc', [])
  await run('vite', ['build', '--logLevel=warn'])
  for (const file of readdirSync(join(project, 'dist'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue
    const text = readFileSync(join(project, 'dist', file), 'utf8')
    if (text.includes(secret)) throw new Error(`${file} holds the client secret`)
  }

  const callback = `${exchangeUrl}/{client}/callback`
  const emulatorArgs = ['--port', String(emulator), '--redirect-uri', callback]
  await start('dance-emulator', emulatorArgs, `http://127.0.0.1:${emulator}/`)
  await start('dance-exchange', ['--env-file', '.env'], `http://127.0.0.1:${exchange}/healthz`)
  const server = await serveFolder(join(project, 'dist'), app)
  await signIn(appUrl)
  server.close()
} finally {
  for (const child of children) child.kill()
  rmSync(project, { recursive: true, force: true })
}
