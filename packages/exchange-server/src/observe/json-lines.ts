import type { LogLevel, RequestLogEntry } from './types.ts'

const levels: readonly (LogLevel | 'off')[] = ['info', 'warn', 'error', 'off']

/** Whether a text names a level of `jsonLines`. */
export function isLogLevel(text: string): text is LogLevel | 'off' {
  return levels.includes(text as LogLevel)
}

/**
 * Makes a `log` that writes a line of JSON per request, with the time in front.
 *
 * @param write takes a line without its end, such as `console.log`
 * @param level the least to write; `off` writes nothing
 */
export function jsonLines(
  write: (line: string) => void,
  level: LogLevel | 'off' = 'info',
): (entry: RequestLogEntry) => void {
  const least = levels.indexOf(level)
  return (entry) => {
    if (levels.indexOf(entry.level) < least) return
    write(JSON.stringify({ time: new Date().toISOString(), ...entry }))
  }
}
