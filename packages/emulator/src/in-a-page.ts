// What a page gets that imports this package: the export condition `browser` of package.json leads here.
throw new Error(
  '[dance] @spa-dance/emulator runs on a server. ' +
    'A page imports emulated() from @spa-dance/emulator/emulated, and gives it the URL of the emulator.',
)

export {}
