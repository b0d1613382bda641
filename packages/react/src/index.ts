export { DanceProvider, type DanceProviderProps } from './DanceProvider.ts'
export type { ClientName, Register, RegisteredDance } from './register.ts'
export { useDance, type DancePartner } from './useDance.ts'
