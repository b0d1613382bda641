import { createServer } from 'node:http'
import grant from 'grant'
import { serve } from '../subject.ts'

const [, , upstream = ''] = process.argv

// Its leanest form: the plain Node handler, its state in a signed cookie.
const handle = grant.default.node({
  config: {
    defaults: {
      origin: 'http://127.0.0.1',
      prefix: '/connect',
      transport: 'querystring',
      state: true,
    },
    bench: {
      authorize_url: `${upstream}/authorize`,
      access_url: `${upstream}/0/token`,
      oauth: 2,
      key: 'bench-id',
      secret: 'bench-secret',
      scope: ['read'],
      pkce: true,
      callback: 'https://app.example.com/',
      response: ['tokens'],
    },
  },
  session: { secret: 'a secret of the benchmark' },
})
serve(
  createServer({ keepAliveTimeout: 65_000 }, (request, response) => void handle(request, response)),
)
