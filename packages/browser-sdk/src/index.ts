export { createDance } from './dance.ts'
export { DanceError, isDanceError, type DanceErrorCode, type DanceErrorDetails } from './errors.ts'
export { indexedDbStorage } from './storage/indexed-db.ts'
export { memoryStorage } from './storage/memory.ts'
export type {
  DanceStorage,
  Flow,
  FlowStorage,
  StorageWrite,
  StoredSession,
  StoredTokens,
} from './storage/types.ts'
export type * from './types.ts'
