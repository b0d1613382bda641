import type { DanceStorage, FlowStorage } from '../types.ts'
import { openDatabase } from './database.ts'
import { dexieFlows } from './flows.ts'
import { dexieSessions } from './sessions.ts'

/** @throws DanceError `storage-failed` where the database does not open */
export async function openStorage(
  name: string,
): Promise<Pick<DanceStorage, 'get' | 'list' | 'write'> & { readonly flows: FlowStorage }> {
  await openDatabase(name)
  return { ...dexieSessions(name), flows: dexieFlows(name) }
}
