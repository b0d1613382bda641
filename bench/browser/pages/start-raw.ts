// From the page's start to ten tokens, by hand: the same rows and their key, read and decrypted.
import { report, untilNow } from './clock.ts'

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })

const database = await answer(indexedDB.open('spa-dance'))
const reading = database.transaction(['sessions', 'keys'])
const [rows, cipher] = await Promise.all([
  answer(reading.objectStore('sessions').getAll()),
  answer(reading.objectStore('keys').get('cipher')),
])
await Promise.all(
  rows.map(async ({ key, iv, data }) => {
    const additionalData = new TextEncoder().encode(key)
    const how = { name: 'AES-GCM', iv, additionalData }
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, cipher.key, data)))
  }),
)
report(untilNow())
