import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { Pool } from 'undici'
import { serve } from '../subject.ts'

// The least that can be done: the same upstream calls, without any check.
const [, , upstream = ''] = process.argv
const pool = new Pool(upstream, { connections: 256, keepAliveTimeout: 60_000 })

async function swap(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const code = new URLSearchParams(await text(request)).get('code') ?? ''
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'https://app.example.com/callback',
    client_id: 'bench-id',
    client_secret: 'bench-secret',
  })
  const answer = await pool.request({
    path: '/0/token',
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: form.toString(),
  })
  const { access_token, token_type, expires_in } = (await answer.body.json()) as Record<
    string,
    unknown
  >
  const body = JSON.stringify({ access_token, token_type, expires_in })
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

async function pass(response: ServerResponse): Promise<void> {
  const answer = await pool.request({
    path: '/0/resource',
    method: 'GET',
    headers: { Authorization: 'Bearer gho_16C7e42F292c6912E7710c838347Ae178B4a' },
  })
  response.writeHead(answer.statusCode, { 'Content-Type': 'application/json' })
  answer.body.pipe(response)
}

serve(
  createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    void (request.method === 'POST' ? swap(request, response) : pass(response))
  }),
)
