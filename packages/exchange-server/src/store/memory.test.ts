import { isolateStore } from './isolate.ts'
import { memoryStore } from './memory.ts'
import { storeContract } from './store.contract.ts'

storeContract('memoryStore', async () => {
  const store = memoryStore()
  return { one: store, two: store }
})

storeContract('isolateStore', async () => {
  const store = isolateStore()
  return { one: store, two: store }
})
