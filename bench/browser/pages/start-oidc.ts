// From the page's start to ten tokens, by oidc-client-ts.
import { report, untilNow } from './clock.ts'
import { names } from './ours.ts'
import { managerOf } from './theirs.ts'

await Promise.all(names.map((name) => managerOf(name).getUser()))
report(untilNow())
