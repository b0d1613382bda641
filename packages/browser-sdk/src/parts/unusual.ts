// What an ordinary login needs nothing of: a closer look at a declaration that is not plain, the origins
// that one learns, and what a refusal means.
export { checkProvider, withLearnt } from '@spa-dance/providers/protocol'
export { refusalOf } from '../callback/refusal.ts'
