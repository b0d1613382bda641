// Requests with a valid token and plain ones, in turns.
import { report } from './clock.ts'
import { makeDance, token } from './ours.ts'

const count = 300
const { fetch: danceFetch } = makeDance().session('client-0')
await danceFetch('/warm')
const times = { dance: [] as number[], plain: [] as number[] }
const headers = { Authorization: `Bearer ${token}` }
const senders = {
  dance: () => danceFetch('/x'),
  plain: () => fetch(`${location.origin}/api/x`, { headers }),
}
for (let n = 0; n < count; n++) {
  for (const who of ['plain', 'dance'] as const) {
    const from = performance.now()
    await (await senders[who]()).text()
    times[who].push(performance.now() - from)
  }
}
report(times)
