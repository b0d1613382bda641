import type { Context } from '../context.ts'
import { isDanceError, type DanceError } from '../errors.ts'
import { sessionMap } from './session-map.ts'
import { sessionFlows } from './session-flows.ts'
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

/** Does without a storage that fails. */
export function withFallback(primary: DanceStorage, report: (error: DanceError) => void): Store {
  const memory = sessionMap()
  const instead = (error: unknown): void => {
    if (!isDanceError(error) || error.code !== 'storage-failed') throw error
    report(error)
  }
  return {
    name: primary.name,
    shared: primary.shared,
    get: async (key) => (await memory.get(key)) ?? (await primary.get(key)),
    list: async (prefix) => {
      const own = await memory.list(prefix)
      return [...new Set([...own, ...(await primary.list(prefix))])]
    },
    write: async (write) => {
      const { onlyIf } = write
      if (onlyIf && (await memory.get(onlyIf.key))) return memory.write(write)
      try {
        const done = await primary.write(write)
        if (done) await memory.write({ delete: keysOf(write) })
        return done
      } catch (error) {
        instead(error)
        return memory.write({ put: write.put ?? [], delete: write.delete ?? [] })
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
  const own = sessionFlows()
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
      await own.put(flow)
      return false
    },
    take: async (state) => {
      try {
        const flow = await primary?.take(state)
        if (flow) return flow
      } catch (error) {
        instead(error)
      }
      return own.take(state)
    },
    clear: async (client) => {
      await own.clear(client)
      try {
        await primary?.clear(client)
      } catch (error) {
        instead(error)
      }
    },
  }
}
