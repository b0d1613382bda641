import { spawn } from 'node:child_process'
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
}

/** Starts a real nginx with the server block that the documentation shows. */
export async function startNginx(places: Places): Promise<{ close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'dance-nginx-'))
  writeFileSync(join(folder, 'index.html'), '<title>The site</title>')
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, places))
  // Debian keeps it where the PATH of most people does not look.
  const program = existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : 'nginx'
  const nginx = spawn(program, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  nginx.stderr.on('data', (data) => (said += String(data)))
  const ended = new Promise<void>((resolve) => {
    nginx.once('exit', () => resolve())
    nginx.once('error', () => resolve())
  })
  const listening = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (nginx.pid === undefined || nginx.exitCode !== null) said ||= 'Install nginx.'
      const socket = connect(places.port, '127.0.0.1', () => {
        socket.destroy()
        resolve()
      })
      socket.once('error', () => reject(new Error(`nginx does not listen. ${said}`)))
    })
  await vi.waitFor(listening, { timeout: 20_000, interval: 20 })
  return {
    async close() {
      nginx.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

/** The block of the page in what every nginx has around it; only what belongs to a machine is replaced. */
function configuration(folder: string, { port, exchange }: Places): string {
  const [, block = ''] =
    /```nginx\n(server \{[\s\S]*?\n\})\n```/.exec(readFileSync(page, 'utf8')) ?? []
  const server = block
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
    .replace('server_name app.example.com;', 'server_name exchange.localhost;')
    .replace(/ +ssl_certificate.*\n/g, '')
    .replace('/srv/app', folder)
    .replaceAll('127.0.0.1:8787', `127.0.0.1:${exchange}`)
  return `
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
}
