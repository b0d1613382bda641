import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface Arguments {
  readonly command: 'start' | 'check' | 'keygen' | 'help' | 'version'
  readonly config?: string
  readonly envFile?: string
  readonly port?: number
  readonly host?: string
  readonly logLevel?: string
}

/** For `--help`. */
export const usage = `Usage: dance-exchange [start | check | keygen] [options]

  start    start the exchange (the default)
  check    say what is configured, what is missing, and what to register at each provider
  keygen   print a new seal key

  --config <file>     a module with the options as default export
                      (default: dance-exchange.config.mjs or .js, if there is one)
  --env-file <file>   more variables; those that are set already win
  --port <number>     default: PORT, else that of an http base URL, else 8787
  --host <address>    default: HOST, or 127.0.0.1
  --log-level <level> info: a line per request (the default); warn: refusals; error: failures; off
  --help, --version

Variables: DANCE_BASE_URL, DANCE_REDIRECT_URIS (comma-separated), DANCE_SEAL_KEYS (comma-separated),
DANCE_REDIS_URL (where there are several instances), and for each provider <NAME>_OAUTH_CLIENT_ID
and <NAME>_OAUTH_CLIENT_SECRET, or for OAuth 1.0a <NAME>_OAUTH_API_KEY and <NAME>_OAUTH_API_SECRET;
for JIRA JIRA_OAUTH_CONSUMER_KEY, JIRA_OAUTH_RSA_KEY (a PEM or its file) and JIRA_OAUTH_BASE_URL.
Also read, where there is one: GITHUB_OAUTH_HOST, GITLAB_OAUTH_HOST, AZURE_OAUTH_TENANT,
FACEBOOK_OAUTH_VERSION, GOOGLE_OAUTH_HOSTED_DOMAIN and _OFFLINE, and for each OAuth 2 provider
<NAME>_OAUTH_SCOPES. Each secret may lie in a file: add _FILE to the name of its variable and give the file's.
DANCE_ALLOW_PRIVATE names hosts of providers in your own network (comma-separated), DANCE_RATE_LIMIT
is requests a minute by one address, DANCE_TRUST_PROXY the number of proxies in front, DANCE_LOG_LEVEL
the default of --log-level.
`

/** @throws TypeError with what is wrong */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      'env-file': { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      'log-level': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  })
  const [command = 'start', ...more] = positionals
  if (more.length > 0 || (command !== 'start' && command !== 'check' && command !== 'keygen')) {
    throw new TypeError(`There is no command "${positionals.join(' ')}".`)
  }
  const { config, host, port } = values
  const envFile = values['env-file']
  const logLevel = values['log-level']
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) {
    throw new TypeError('--port takes a number up to 65535.')
  }
  return {
    command: values.help ? 'help' : values.version ? 'version' : command,
    ...(config !== undefined && { config }),
    ...(envFile !== undefined && { envFile }),
    ...(port !== undefined && { port: Number(port) }),
    ...(host !== undefined && { host }),
    ...(logLevel !== undefined && { logLevel }),
  }
}
