// Alone, so that a bundler takes what is used of it, and it is loaded when a database is written to.
// Not 'dexie': that entry refuses to run beside another version of it, such as the app's own.
export { Dexie } from 'dexie/dist/modern/dexie.min.mjs'
