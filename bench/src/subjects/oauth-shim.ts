import { createServer } from 'node:http'
import shim from 'oauth-shim'
import { serve } from '../subject.ts'

const [, , upstream = ''] = process.argv

shim.init([
  {
    client_id: 'bench-id',
    client_secret: 'bench-secret',
    grant_url: `${upstream}/0/token`,
    domain: 'https://app.example.com',
  },
])
serve(createServer({ keepAliveTimeout: 65_000 }, (request, response) => shim(request, response)))
