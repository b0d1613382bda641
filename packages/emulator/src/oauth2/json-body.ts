import type { Handler } from '../counterpart.ts'
import { isOfType, readJson } from '../serve/read.ts'

/** Lets an endpoint take its parameters as JSON too. */
export const takesJson =
  (handler: Handler): Handler =>
  (call) => {
    if (!isOfType(call.request, 'application/json')) return handler(call)
    const members = Object.entries(readJson(call.body)).filter(
      (member): member is [string, string] => typeof member[1] === 'string',
    )
    return handler({ ...call, form: new URLSearchParams(members) })
  }
