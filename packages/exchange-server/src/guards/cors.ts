import type { Reply } from '../reply.ts'
import { exposedHeaders } from './headers.ts'

const basicHeaders = 'Authorization, DPoP, Content-Type'

/** What lets a page at `origin` read the answer. No credentials, so cookies never count. */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  if (origin === undefined) return {}
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': exposedHeaders,
  }
}

/** Answers a preflight by explicit lists, never by what was asked for. */
export function preflight(methods: readonly string[], headers: readonly string[] = []): Reply {
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers': [basicHeaders, ...headers].join(', '),
      'Access-Control-Max-Age': '7200',
    },
  }
}
