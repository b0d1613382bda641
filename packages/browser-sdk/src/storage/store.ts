import type { Context } from '../context.ts'
import { DanceError, isDanceError } from '../errors.ts'
import { load } from '../lazy.ts'
import { sessionMap } from './session-map.ts'
import type { DanceStorage, Flow, FlowStorage, StorageWrite } from './types.ts'

/** The storage of a dance, and what stands in for it where it fails. */
export interface Store extends Omit<DanceStorage, 'flows'> {
  readonly flows: Pick<FlowStorage, 'take' | 'clear'> & {
    /** @returns whether the flow's key was kept too */
    put(flow: Flow): Promise<boolean>
  }
}

const stores = new WeakMap<Context, Store>()

/**
 * The dance's storage. What it can't write is kept in this page instead, so that a login is not
 * lost for a full disk; each such failure is reported.
 */
export function storeOf(context: Context): Store {
  const made =
    stores.get(context) ?? withFallback(context.storage, (error) => context.report(error))
  stores.set(context, made)
  return made
}

/** Does without a storage that fails, and goes back to it as soon as it works again. */
export function withFallback(primary: DanceStorage, report: (error: DanceError) => void): Store {
  const memory = sessionMap()
  // What the storage holds of a session that memory has a later revision of.
  const beneath = new Map<string, string | undefined>()
  const instead = (error: unknown): void => {
    if (!isDanceError(error) || error.code !== 'storage-failed') throw error
    report(error)
  }
  const forget = async (keys: readonly string[]): Promise<void> => {
    keys.forEach((key) => beneath.delete(key))
    await memory.write({ delete: keys })
  }
  /** The same write, if the storage still holds what memory has gone on from. */
  const onTop = ({ onlyIf, ...write }: StorageWrite): StorageWrite => {
    if (!onlyIf || !beneath.has(onlyIf.key)) return { ...write, ...(onlyIf && { onlyIf }) }
    const revision = beneath.get(onlyIf.key)
    return { ...write, ...(revision !== undefined && { onlyIf: { ...onlyIf, revision } }) }
  }
  return {
    name: primary.name,
    shared: primary.shared,
    get: async (key) => {
      const own = await memory.get(key)
      if (!own) return primary.get(key)
      try {
        const { revision } = own
        const kept = await primary.write(onTop({ put: [own], onlyIf: { key, revision } }))
        await forget([key])
        // Else someone signed out, or has got newer tokens.
        return kept ? own : await primary.get(key)
      } catch {
        return own
      }
    },
    list: async (prefix) => {
      const own = await memory.list(prefix)
      return [...new Set([...own, ...(await primary.list(prefix))])]
    },
    write: async (write) => {
      const { put = [], delete: gone = [], onlyIf } = write
      const own = onlyIf && (await memory.get(onlyIf.key))
      if (own && own.revision !== onlyIf.revision) return false
      try {
        const done = await primary.write(onTop(write))
        await forget(done ? keysOf(write) : own ? [own.key] : [])
        return done
      } catch (error) {
        instead(error)
        for (const { key } of put) {
          if (!beneath.has(key)) beneath.set(key, onlyIf?.key === key ? onlyIf.revision : undefined)
        }
        return memory.write({ put, delete: gone })
      }
    },
    flows: flowsWithFallback(primary.flows, instead),
  }
}

const keysOf = ({ put = [], delete: gone = [] }: StorageWrite): string[] => [
  ...put.map(({ key }) => key),
  ...gone,
]

function flowsWithFallback(
  primary: FlowStorage | undefined,
  instead: (error: unknown) => void,
): Store['flows'] {
  return {
    put: async (flow) => {
      try {
        if (primary) {
          await primary.put(flow)
          return true
        }
      } catch (error) {
        instead(error)
      }
      await inTab((own) => own.put(flow))
      return false
    },
    take: async (state) => {
      try {
        const flow = await primary?.take(state)
        if (flow) return flow
      } catch (error) {
        instead(error)
      }
      return inTab((own) => own.take(state))
    },
    clear: async (client) => {
      await inTab((own) => own.clear(client)).catch(() => undefined)
      try {
        await primary?.clear(client)
      } catch (error) {
        instead(error)
      }
    },
  }
}

/** A browser that denies all storage throws as soon as anyone looks at `sessionStorage`. */
async function inTab<T>(work: (own: FlowStorage) => Promise<T>): Promise<T> {
  const { sessionFlows } = await load(() => import('./session-flows.ts'))
  try {
    return await work(sessionFlows())
  } catch (cause) {
    throw new DanceError(
      'storage-failed',
      'This browser keeps nothing for this site, so a login can’t be ended here. Allow the site to keep data.',
      { cause },
    )
  }
}
