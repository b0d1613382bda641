import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { serve } from './subject.ts'

/** The provider of all subjects: it answers the same to everybody, after as long as its path says. */
const tokens = JSON.stringify({
  access_token: 'gho_16C7e42F292c6912E7710c838347Ae178B4a',
  token_type: 'bearer',
  expires_in: 28_800,
  refresh_token: 'ghr_1B4a2e77838347a7E420ce178F2E7c6912E169246c34E1ccbF66C46812d16D5B1A9Dc86A1498',
  scope: 'read',
})
const user = JSON.stringify({ id: 1, login: 'ada', name: 'Ada', email: 'ada@example.com' })
/** 2 kB. */
const resource = JSON.stringify({
  items: Array.from({ length: 20 }, (_, id) => ({ id, text: 'x'.repeat(78) })),
})
const form =
  'oauth_token=NPcudxy0yU5T3tBzho7iCotZ3cnetKwcTIRlX0iwRl0&oauth_token_secret=veNRnAWe6inFuo8o2u8SLLZLjolYDmDP7SzL0YfYI&oauth_callback_confirmed=true&user_id=1'

const answers: Readonly<Record<string, readonly [type: string, body: string]>> = {
  token: ['application/json', tokens],
  user: ['application/json', user],
  resource: ['application/json', resource],
  'request-token': ['application/x-www-form-urlencoded', form],
  'access-token': ['application/x-www-form-urlencoded', form],
}

/** `/<milliseconds>/<answer>`; `/drip/<anything>` sends a little every 50 ms and never ends. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, delay = '', name = ''] = /^\/(\w+)\/([\w-]+)/.exec(request.url ?? '') ?? []
  for await (const _ of request);
  if (delay === 'drip') {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    const drip = setInterval(() => response.write('x'.repeat(4096)), 50)
    response.on('close', () => clearInterval(drip))
    return
  }
  if (delay !== '0') await wait(Number(delay))
  const [type, body] = answers[name] ?? ['text/plain', 'nothing']
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

serve(
  createServer({ keepAliveTimeout: 65_000 }, (request, response) => void answer(request, response)),
)
