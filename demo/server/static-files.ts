import { readFile, stat } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** What serves files. `close` ends open connections too. */
export interface FileServer {
  close(): Promise<void>
}

/** A folder as a site. */
export interface Site {
  readonly folder: string
  /** The path below which the files are, such as `/app/`. */
  readonly base: string
  /** Sent with every file. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The plainest of static hosts, as a stand-in for GitHub Pages and its like: files below a path,
 * `index.html` for a folder, no rewrites, 404 for the rest.
 */
export async function serveFiles(site: Site, port: number): Promise<FileServer> {
  const server = createServer((request, response) => {
    answer(site, request.url ?? '/', response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer({ folder, base, headers }: Site, target: string, response: ServerResponse) {
  const { pathname, search } = new URL(`http://localhost${target}`)
  // URL has taken every `..` out already, and an encoded slash would have stayed encoded.
  const inside = pathname.startsWith(base) && !/%2f|%5c|%00/i.test(pathname)
  const path = join(folder, decode(pathname.slice(base.length)))
  const isFolder = inside && (await stat(path).catch(() => null))?.isDirectory()

  if (`${pathname}/` === base || (isFolder && !pathname.endsWith('/'))) {
    response.writeHead(301, { Location: `${pathname}/${search}` }).end()
    return
  }
  const file = isFolder ? join(path, 'index.html') : path
  const content = inside ? await readFile(file).catch(() => null) : null
  if (content === null) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found')
    return
  }
  const type = types[extname(file)] ?? 'application/octet-stream'
  response
    .writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache', ...headers })
    .end(content)
}

const decode = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
