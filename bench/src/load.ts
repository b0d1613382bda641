import { performance } from 'node:perf_hooks'
import { Pool } from 'undici'

/** One request of a load, made before the clock starts. */
export interface Prepared {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What came back of one. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A load that was sent. */
export interface Sent {
  readonly answers: readonly Answer[]
  readonly seconds: number
  /** Milliseconds each took. */
  readonly times: readonly number[]
}

/** A client with so many kept-alive connections. */
export interface Sender {
  /**
   * Sends all, so many at a time.
   *
   * @throws Error at the first answer that has another status: a refusal is no result
   */
  send(requests: readonly Prepared[], status: number): Promise<Sent>
  close(): Promise<void>
}

export function openSender(origin: string, connections: number): Sender {
  const pool = new Pool(origin, { connections, keepAliveTimeout: 60_000, headersTimeout: 60_000 })
  const sendOne = async (request: Prepared): Promise<Answer> => {
    const { method, path, headers, body = null } = request
    const answer = await pool.request({ method, path, headers: { ...headers }, body })
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() }
  }
  return {
    close: () => pool.close(),
    async send(requests, status) {
      const answers: Answer[] = []
      const times: number[] = []
      const began = performance.now()
      const waiting = requests.entries()
      const lane = async (): Promise<void> => {
        for (const [at, request] of waiting) {
          const from = performance.now()
          const answer = await sendOne(request)
          times.push(performance.now() - from)
          answers[at] = answer
          if (answer.status === status) continue
          const { method, path } = request
          throw new Error(
            `${method} ${path.slice(0, 40)} answered ${answer.status}: ${answer.body}`,
          )
        }
      }
      await Promise.all(Array.from({ length: connections }, lane))
      return { answers, times, seconds: (performance.now() - began) / 1000 }
    },
  }
}
