import { once } from 'node:events'

type Reply = Readonly<Record<string, unknown>>

/** A connection that speaks WebDriver BiDi, as far as tests need it: commands, and no events. */
export interface Bidi {
  /** @throws {Error} if the browser refuses, or is gone */
  send(method: string, params: object): Promise<Reply>
  close(): void
}

/** Connects to a browser that was told to listen. */
export async function connect(address: string): Promise<Bidi> {
  const socket = new WebSocket(address)
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(why: Error): void }>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error, message } = JSON.parse(String(data))
    const command = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) command?.resolve(result)
    else command?.reject(new Error(`${error}: ${message}`))
  })
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser is gone.'))
    waiting.clear()
  })
  await Promise.race([once(socket, 'open'), once(socket, 'close')])
  if (socket.readyState !== WebSocket.OPEN) throw new Error(`Nobody answers at ${address}.`)
  return {
    send: (method, params) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) throw new Error('The browser is gone.')
        last += 1
        waiting.set(last, { resolve, reject })
        socket.send(JSON.stringify({ id: last, method, params }))
      }),
    close: () => socket.close(),
  }
}
