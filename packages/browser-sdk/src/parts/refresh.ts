// What renews tokens: when a request needs it, and before they end.
export { keepFresh } from '../refresh/keep-fresh.ts'
export { refresh } from '../refresh/refresh.ts'
export { refreshWait } from '../refresh/refreshing.ts'
