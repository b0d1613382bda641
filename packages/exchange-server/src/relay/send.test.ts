import { afterEach, expect, it, vi } from 'vitest'
import type { TransportAnswer } from '../types.ts'
import { send } from './send.ts'

afterEach(() => void vi.useRealTimers())

const chunk = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(120)
const forever = () => new Promise<never>(() => {})

/** Relays an answer, and tells what became of the call upstream. */
async function relayed(
  body: () => AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
) {
  const seen: { signal?: AbortSignal | null | undefined } = {}
  const gone = new AbortController()
  const transport = async (_: string, { signal }: RequestInit): Promise<TransportAnswer> => {
    seen.signal = signal
    return { status: 200, headers: new Headers(headers), body: body() }
  }
  const onEnd = vi.fn<() => void>()
  const outgoing = { url: new URL('https://api.example/x'), method: 'GET', headers: {} }
  const reply = await send(transport, { ...outgoing, body: undefined }, gone.signal, onEnd)
  const over = () => onEnd.mock.calls.length > 0
  return { body: reply.body, ended: () => seen.signal?.aborted, over, gone }
}

const small = { 'content-length': '6' }

it('passes a small answer on whole, and a large one as it comes', async () => {
  async function* halves(): AsyncGenerator<Uint8Array> {
    yield chunk(3)
    yield chunk(3)
  }
  const whole = await relayed(halves, small)
  expect(whole.body).toEqual(chunk(6))
  expect(whole.over()).toBe(true)
  for (const headers of [
    {},
    { 'content-length': '65537' },
    // It says how long it is while it is compressed.
    { ...small, 'content-encoding': 'gzip' },
  ]) {
    const { body, over } = await relayed(halves, headers)
    expect(body).toBeInstanceOf(ReadableStream)
    expect(over()).toBe(false)
    expect(new Uint8Array(await new Response(body ?? null).arrayBuffer())).toEqual(chunk(6))
    expect(over()).toBe(true)
  }
})

it('X-29: takes 64 MiB of an answer, and of a small one no more than was announced', async () => {
  async function* long(): AsyncGenerator<Uint8Array> {
    for (let n = 0; n < 80; n++) yield chunk(1 << 20)
  }
  await expect(relayed(long, small)).rejects.toMatchObject({ status: 503 })
  const { body, ended } = await relayed(long)
  let size = 0
  const reading = (async () => {
    for await (const part of body as ReadableStream<Uint8Array>) size += part.byteLength
  })()
  await expect(reading).rejects.toThrow('broke off')
  expect(size).toBe(64 << 20)
  expect(ended()).toBe(true)
})

it('X-29: ends an answer that falls silent', async () => {
  async function* stalling(): AsyncGenerator<Uint8Array> {
    yield chunk(1)
    await forever()
  }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const whole = expect(relayed(stalling, small)).rejects.toMatchObject({
    status: 503,
    reason: 'api.example: TimeoutError',
  })
  await vi.advanceTimersByTimeAsync(30_000)
  await whole

  const { body, ended } = await relayed(stalling)
  const reading = expect(new Response(body ?? null).text()).rejects.toThrow('broke off')
  await vi.advanceTimersByTimeAsync(30_000)
  await reading
  expect(ended()).toBe(true)
})

it('X-29: ends an answer that drips for five minutes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  async function* dripping(): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield chunk(1)
      await new Promise((resolve) => setTimeout(resolve, 10_000))
    }
  }
  const { ended } = await relayed(dripping)
  await vi.advanceTimersByTimeAsync(299_000)
  expect(ended()).toBe(false)
  await vi.advanceTimersByTimeAsync(1000)
  expect(ended()).toBe(true)
})

it('X-30: ends the call when the caller hangs up, whatever it is at', async () => {
  async function* stalling(): AsyncGenerator<Uint8Array> {
    yield chunk(1)
    await forever()
  }
  const left = await relayed(stalling)
  left.gone.abort()
  expect(left.ended()).toBe(true)

  const { body, ended } = await relayed(stalling)
  await (body as ReadableStream).cancel()
  expect(ended()).toBe(true)
})

/** A transport that hears nothing, until it is told to end. */
const silent = () => {
  const signals: (AbortSignal | null | undefined)[] = []
  const transport = (_: string, { signal }: RequestInit): Promise<never> => {
    signals.push(signal)
    return new Promise((_resolve, reject) => {
      const end = (): void => reject(new DOMException('ended', 'AbortError'))
      if (signal?.aborted) end()
      signal?.addEventListener('abort', end)
    })
  }
  return { transport, signals }
}
const outgoing = {
  url: new URL('https://api.example/x'),
  method: 'GET',
  headers: {},
  body: undefined,
}

it('X-29: ends a call that has no answer for half a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { transport, signals } = silent()
  const onEnd = vi.fn<() => void>()
  const sent = send(transport, outgoing, new AbortController().signal, onEnd)
  const settled = vi.fn<() => void>()
  void sent.then(settled, settled)
  await vi.advanceTimersByTimeAsync(29_999)
  expect(settled).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(settled).toHaveBeenCalledOnce()
  await expect(sent).rejects.toMatchObject({
    status: 503,
    reason: 'api.example took longer than 30000 ms to answer',
  })
  expect(signals.map((signal) => signal?.aborted)).toEqual([true])
  expect(onEnd).toHaveBeenCalled()
})

it('X-30: asks nobody for long where the caller has gone before', async () => {
  const { transport, signals } = silent()
  await expect(send(transport, outgoing, AbortSignal.abort(), () => {})).rejects.toMatchObject({
    status: 503,
  })
  expect(signals.map((signal) => signal?.aborted)).toEqual([true])
})
