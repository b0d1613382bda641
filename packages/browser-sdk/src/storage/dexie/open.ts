import type { DanceStorage, FlowStorage } from '../types.ts'
import { dexieFlows } from './flows.ts'
import { dexieSessions } from './sessions.ts'

/** @param existing opens the database for reading, before Dexie is there */
export function openStorage(
  name: string,
  existing: () => Promise<IDBDatabase>,
): Pick<DanceStorage, 'get' | 'list' | 'write'> & { readonly flows: FlowStorage } {
  return { ...dexieSessions(name, existing), flows: dexieFlows(name) }
}
