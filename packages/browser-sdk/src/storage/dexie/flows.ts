import { surplusFlows } from '../flow-limits.ts'
import { isFlow } from '../records.ts'
import type { FlowStorage } from '../types.ts'
import { withDatabase, type Database } from './database.ts'

/** Logins under way in one database, each with its key. */
export function dexieFlows(name: string): FlowStorage {
  return {
    put: ({ keys: key, ...flow }) =>
      inTransaction(name, async ({ flows, keys }) => {
        const surplus = surplusFlows(await flows.toArray(), Date.now())
        await flows.bulkDelete(surplus)
        await keys.bulkDelete(surplus.map(boundTo))
        await flows.put(flow)
        if (key) await keys.put({ id: boundTo(flow.state), key })
      }),
    take: async (state) => {
      const taken = await inTransaction(name, async ({ flows, keys }) => {
        const flow = await flows.get(state)
        const bound = await keys.get(boundTo(state))
        await flows.delete(state)
        await keys.delete(boundTo(state))
        return flow && bound ? { ...flow, keys: bound.key } : flow
      })
      return isFlow(taken) ? taken : undefined
    },
    clear: (client) =>
      inTransaction(name, async ({ flows, keys }) => {
        const all = await flows.toArray()
        const gone = all.filter((flow) => flow.client === client).map(({ state }) => state)
        await flows.bulkDelete(gone)
        await keys.bulkDelete(gone.map(boundTo))
      }),
  }
}

const boundTo = (state: string): string => `flow ${state}`

const inTransaction = <T>(name: string, work: (database: Database) => PromiseLike<T>): Promise<T> =>
  withDatabase(name, (database) =>
    database.transaction('rw', database.flows, database.keys, () => work(database)),
  )
