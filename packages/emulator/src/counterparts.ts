import type { Counterpart } from './counterpart.ts'
import * as each from './counterparts/index.ts'

/** Every provider that is emulated, in the order of their ids. */
export const counterparts: readonly Counterpart[] = Object.values(each).toSorted((one, other) =>
  one.id.localeCompare(other.id, 'en'),
)
