import { runtimeContract } from './testing-internal/runtime.contract.ts'
import { runtimes } from './testing-internal/runtimes.ts'

// `npm run test:runtimes` names them all, and brings those that are not installed with the rest.
for (const name of (process.env['RUNTIMES'] ?? 'node,workerd').split(',')) {
  const start = runtimes[name]
  if (!start) throw new TypeError(`There is no runtime "${name}".`)
  runtimeContract(name, start)
}
