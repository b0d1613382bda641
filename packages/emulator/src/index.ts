export type { EmulatorControl, Endpoint, FailureKind, LoggedRequest } from './control/types.ts'
export { createEmulator, type Emulator } from './create-emulator.ts'
export type { EmulatorOptions, Registration } from './options.ts'
