import type { Counterpart } from '../counterpart.ts'
import { discord } from './discord.ts'
import { github } from './github.ts'
import { twitter } from './twitter.ts'

export const counterparts: readonly Counterpart[] = [github, twitter, discord]
