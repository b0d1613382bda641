interface ImportMetaEnv {
  readonly VITE_EXCHANGE_URL: string
  readonly VITE_EMULATOR_URL: string
}
