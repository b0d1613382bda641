import { createServer } from 'node:http'
import { Auth } from '@auth/core'
import { getRequestListener } from '@hono/node-server'
import { serve } from '../subject.ts'

const [, , upstream = ''] = process.argv

const config = {
  basePath: '/auth',
  secret: 'a secret of the benchmark',
  trustHost: true,
  providers: [
    {
      id: 'bench',
      name: 'bench',
      type: 'oauth' as const,
      clientId: 'bench-id',
      clientSecret: 'bench-secret',
      client: { token_endpoint_auth_method: 'client_secret_post' },
      checks: ['state' as const, 'pkce' as const],
      authorization: `${upstream}/authorize`,
      token: `${upstream}/0/token`,
      userinfo: `${upstream}/0/user`,
      profile: ({ id, name, email }: { id: number; name: string; email: string }) => ({
        id: String(id),
        name,
        email,
      }),
    },
  ],
}
const listener = getRequestListener((request) => Auth(request, config))
serve(
  createServer(
    { keepAliveTimeout: 65_000 },
    (request, response) => void listener(request, response),
  ),
)
