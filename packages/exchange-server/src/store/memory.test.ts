import { memoryStore } from './memory.ts'
import { storeContract } from './store.contract.ts'

storeContract('memoryStore', async () => {
  const store = memoryStore()
  return { one: store, two: store }
})
