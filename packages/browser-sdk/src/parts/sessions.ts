// What a page needs whose person is signed in: its sessions, their requests and their renewal.
export { restore } from '../session/restore.ts'
export { sessionMethods } from '../session/methods.ts'
export { sessionMap } from '../storage/session-map.ts'
export { openStorage } from '../storage/dexie/open.ts'
