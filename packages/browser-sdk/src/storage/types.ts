/** Filled in with the storage part. */
export interface DanceStorage {
  readonly name: string
}
