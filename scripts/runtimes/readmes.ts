// Does what the READMEs of the examples say, in a fresh copy of each with the packed packages: every
// command that needs no account somewhere.
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { freePorts } from '../packed-app/serve.ts'

const tarballs = resolve(process.argv[2] ?? '')
const root = fileURLToPath(new URL('../..', import.meta.url))

/** What only a person with an account can do, or what changes the world. */
const elsewhere = /^(aws |zip |deno deploy|docker |npx wrangler (login|secret|deploy$))/
/** What goes on until it is stopped. */
const serves = /\bmain\.ts$/
const wrangler = '4.164.0'

/** The commands of a page, in their order. */
function commandsOf(page: string): string[] {
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line !== ''),
  )
}

async function tryOut(example: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dance-example-'))
  try {
    cpSync(join(root, 'examples', example), folder, {
      recursive: true,
      filter: (path) => !/node_modules|\.tsc|\/dist/.test(path),
    })
    usePacked(join(folder, 'package.json'), example)
    const [port = 0] = await freePorts(1)
    writeFileSync(join(folder, '.env'), variables(port))
    const env = { ...process.env, PORT: String(port), npm_config_update_notifier: 'false' }
    const page = readFileSync(join(folder, 'README.md'), 'utf8')
    for (const command of commandsOf(page)) {
      const skip = elsewhere.test(command)
      console.log(`${skip ? '  (not here) ' : '$ '}${command}`)
      if (skip) continue
      if (command === 'deno install') {
        // Deno takes packages from registries only, and finds those that npm has brought.
        await run('npm install', folder, env)
        continue
      }
      if (serves.test(command) && !command.includes('--compile')) {
        await serve(command, folder, env, port)
      } else await run(command, folder, env)
    }
    const dockerfile = join(folder, 'Dockerfile')
    if (existsSync(dockerfile)) await asContainer(readFileSync(dockerfile, 'utf8'), folder, env)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The packages as they are packed, in place of those in a registry. */
function usePacked(file: string, example: string): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  manifest.overrides = {}
  for (const name of readdirSync(tarballs)) {
    const [, id = ''] = /^spa-dance-(.*)-\d+\.\d+\.\d+.*\.tgz$/.exec(name) ?? []
    if (!['exchange-server', 'providers'].includes(id)) continue
    const packed = `file:${join(tarballs, name)}`
    // The one is a dependency of the other.
    if (id === 'providers') manifest.overrides[`@spa-dance/${id}`] = packed
    manifest.dependencies[`@spa-dance/${id}`] = packed
  }
  if (example.endsWith('cloudflare')) manifest.devDependencies = { wrangler }
  writeFileSync(file, JSON.stringify(manifest))
}

const variables = (port: number): string =>
  Object.entries({
    DANCE_BASE_URL: `http://exchange.localhost:${port}`,
    DANCE_REDIRECT_URIS: 'https://app.example.com/callback/{client}',
    DANCE_SEAL_KEYS: `k1:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`,
    GITHUB_OAUTH_CLIENT_ID: 'id',
    GITHUB_OAUTH_CLIENT_SECRET: 'secret',
    TWITTER_OAUTH_API_KEY: 'key',
    TWITTER_OAUTH_API_SECRET: 'secret',
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

function run(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, fail) => {
    spawn('sh', ['-c', command], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
      .once('error', fail)
      .once('exit', (code) => (code === 0 ? done() : fail(new Error(`failed: ${command}`))))
  })
}

/** What a Dockerfile says, in a plain folder: there is no Docker in every place where tests run. */
async function asContainer(text: string, from: string, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dance-container-'))
  const lines = text.split('\n').map((line) => /^(\w+) (.*)$/.exec(line) ?? [])
  const all = (name: string): string[] =>
    lines.flatMap(([, instruction, rest = '']) => (instruction === name ? [rest] : []))
  const command = (rest = ''): string => JSON.parse(/\[.*\]$/.exec(rest)?.[0] ?? '[]').join(' ')
  if (all('USER').join() !== 'node') throw new Error('The container does not run as node.')
  try {
    for (const copy of all('COPY'))
      await run(`cp ${copy.replace(/\.\/$/, '')} ${folder}`, from, env)
    for (const line of all('RUN')) await run(line, folder, env)
    const health = command(all('HEALTHCHECK')[0])
    const inside = {
      ...env,
      ...parseEnv(readFileSync(join(from, '.env'), 'utf8')),
      HOST: '0.0.0.0',
    }
    console.log(`$ ${command(all('CMD')[0])}  (as in the container)`)
    await serve(command(all('CMD')[0]), folder, inside, Number(env['PORT']), () =>
      run(health, folder, inside),
    )
    const dead = await run(health, folder, inside).then(
      () => false,
      () => true,
    )
    if (!dead) throw new Error('The health check calls a dead exchange alive.')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Starts it, asks whether it is ready, and stops it. */
async function serve(
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  port: number,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const child = spawn('sh', ['-c', `exec ${command}`], {
    cwd,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  let ready = false
  for (let tries = 0; !ready && child.exitCode === null && tries < 600; tries++) {
    ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    )
    if (!ready) await new Promise((wait) => setTimeout(wait, 50))
  }
  try {
    if (ready) await meanwhile()
  } finally {
    child.kill('SIGTERM')
    await ended
  }
  if (!ready) throw new Error(`not ready: ${command}`)
}

const examples = readdirSync(join(root, 'examples')).filter((name) => name.startsWith('exchange-'))
for (const example of examples.toSorted()) {
  console.log(`\n# ${example}`)
  await tryOut(example)
}
