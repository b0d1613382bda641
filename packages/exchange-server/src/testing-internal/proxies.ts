import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'

const page = new URL('../../../../docs/behind-a-proxy.md', import.meta.url)

/** Where the documented server is to listen, and to hand on to. */
export interface Places {
  readonly port: number
  readonly exchange: number
  /** Without one it speaks plain HTTP. */
  readonly certificate?: Certificate
}

/** Paths of files. */
export interface Certificate {
  readonly chain: string
  readonly key: string
}

/** A proxy that runs. */
export interface Proxy {
  close(): Promise<void>
}

/** Makes a certificate for `exchange.localhost` that signs itself. */
export function makeCertificate(folder: string): Certificate {
  const [chain, key] = [join(folder, 'chain.pem'), join(folder, 'key.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const name = ['-subj', '/CN=exchange', '-addext', 'subjectAltName=DNS:exchange.localhost']
  const args = ['req', '-x509', '-days', '2', ...curve, ...name, '-keyout', key, '-out', chain]
  execFileSync('openssl', args, { stdio: 'ignore' })
  return { chain, key }
}

/** Starts a real nginx with the server block that the documentation shows. */
export function startNginx({ port, exchange, certificate }: Places): Promise<Proxy> {
  const { chain, key } = certificate ?? {}
  // Debian keeps it where the PATH of most people does not look.
  const program = existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : 'nginx'
  return startProxy(program, ['-c', 'nginx.conf', '-e', 'stderr', '-p'], port, (folder) => {
    const server = documented('nginx')
      .replace('listen 443 ssl;', `listen 127.0.0.1:${port}${certificate ? ' ssl' : ''};`)
      .replace('server_name app.example.com;', 'server_name exchange.localhost;')
      .replace(/ssl_certificate \/.*;/, chain === undefined ? '' : `ssl_certificate ${chain};`)
      .replace(/ssl_certificate_key .*;/, key === undefined ? '' : `ssl_certificate_key ${key};`)
      .replace('/srv/app', folder)
      .replaceAll('127.0.0.1:8787', `127.0.0.1:${exchange}`)
    const around = `
      ${process.getuid?.() === 0 ? 'user root;' : ''}
      daemon off;
      pid nginx.pid;
      worker_processes 1;
      events { worker_connections 128; }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        ${server}
      }
    `
    writeFileSync(join(folder, 'nginx.conf'), around)
    return folder
  })
}

/** Starts a real Caddy with the Caddyfile that the documentation shows. */
export function startCaddy({ port, exchange, certificate }: Required<Places>): Promise<Proxy> {
  const args = ['run', '--adapter', 'caddyfile', '--config']
  return startProxy('caddy', args, port, (folder) => {
    const { chain, key } = certificate
    const site = documented('caddyfile')
      .replace('app.example.com {', `https://exchange.localhost:${port} {\n  tls ${chain} ${key}`)
      .replace('/srv/app', folder)
      .replace('127.0.0.1:8787', `127.0.0.1:${exchange}`)
    const file = join(folder, 'Caddyfile')
    // A certificate of its own is what it is told not to get here.
    const around = `{\n  admin off\n  auto_https off\n  default_bind 127.0.0.1\n}\n${site}`
    writeFileSync(file, around)
    return file
  })
}

/** The first block of the page in a language; only what belongs to a machine may be replaced in it. */
function documented(language: string): string {
  const blocks = readFileSync(page, 'utf8').split(`\`\`\`${language}\n`)
  return blocks[1]?.split('```')[0] ?? ''
}

/** @param configure writes into the folder, and says what the last argument is */
async function startProxy(
  program: string,
  args: readonly string[],
  port: number,
  configure: (folder: string) => string,
): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'dance-proxy-'))
  writeFileSync(join(folder, 'index.html'), '<title>The site</title>')
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(program, [...args, configure(folder)], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data) => (said += String(data)))
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const listening = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (child.pid === undefined) said ||= `Install ${program}.`
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve()
      })
      socket.once('error', () => reject(new Error(`${program} does not listen. ${said}`)))
    })
  await vi.waitFor(listening, { timeout: 20_000, interval: 20 })
  return {
    async close() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}
