// From the page's start to ten usable tokens, by SPA-Dance.
import { report, untilNow } from './clock.ts'
import { makeDance, names } from './ours.ts'

const dance = makeDance()
const firstStatus = dance.getState().sessions['client-0']?.status
await Promise.all(names.map((name) => dance.session(name).getAccessToken()))
report({ ...untilNow(), firstStatus })
