import { isFlow } from './records.ts'
import { surplusFlows } from './flow-limits.ts'
import type { Flow, FlowStorage } from './types.ts'

const prefix = 'spa-dance:flow:'

/** Logins under way in the tab's sessionStorage. It can hold no key: flows come back without. */
export function sessionFlows(storage: Storage = sessionStorage): FlowStorage {
  const all = (): Flow[] =>
    Object.keys(storage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => read(storage, key))
      .filter((flow) => flow !== undefined)
  const remove = (state: string): void => storage.removeItem(prefix + state)
  return {
    put: async ({ keys: _keys, ...flow }) => {
      surplusFlows(all(), Date.now()).forEach(remove)
      storage.setItem(prefix + flow.state, JSON.stringify(flow))
    },
    take: async (state) => {
      const flow = read(storage, prefix + state)
      remove(state)
      return flow
    },
    clear: async (client) => {
      for (const flow of all()) if (flow.client === client) remove(flow.state)
    },
  }
}

function read(storage: Storage, key: string): Flow | undefined {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? 'null')
    return isFlow(value) ? value : undefined
  } catch {
    return undefined
  }
}
