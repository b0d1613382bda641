export { DanceError, isDanceError, type DanceErrorCode, type DanceErrorDetails } from './errors.ts'
export type { DanceStorage } from './storage/types.ts'
export type * from './types.ts'
