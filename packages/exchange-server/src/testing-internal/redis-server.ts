import { spawn, type ChildProcess } from 'node:child_process'
import { freePort } from './free-port.ts'

/** A real Redis, of this test alone, that keeps nothing on disk. */
export interface RedisServer {
  readonly url: string
  /** As after a crash: at once, without a word to anyone. */
  kill(): Promise<void>
  /** On the port that it had. */
  restart(): Promise<void>
  /** Takes connections, and answers nothing. */
  pause(): void
  resume(): void
}

/** @param password that clients have to give */
export async function startRedis(password?: string): Promise<RedisServer> {
  const port = await freePort()
  let running = await start(port, password)
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    kill: () => end(running),
    async restart() {
      await end(running)
      running = await start(port, password)
    },
    pause: () => void running.kill('SIGSTOP'),
    resume: () => void running.kill('SIGCONT'),
  }
}

function start(port: number, password: string | undefined): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  if (password !== undefined) args.push('--requirepass', password)
  const redis = spawn('redis-server', args, { cwd: '/tmp', stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let said = ''
    redis.stdout.on('data', (data) => {
      said += String(data)
      if (said.includes('Ready to accept connections')) resolve(redis)
    })
    redis.once('error', () => {
      reject(
        new Error('There is no redis-server: install it (Debian: apt-get install redis-server).'),
      )
    })
    redis.once('exit', () => reject(new Error(`redis-server ended:\n${said}`)))
  })
}

function end(redis: ChildProcess): Promise<void> {
  if (redis.exitCode !== null || redis.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    redis.once('exit', () => done())
    redis.kill('SIGKILL')
  })
}
