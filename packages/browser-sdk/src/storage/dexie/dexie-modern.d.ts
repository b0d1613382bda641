/** The package has no types for this file of its own. */
declare module 'dexie/dist/modern/dexie.min.mjs' {
  export { Dexie, type Table } from 'dexie'
}
