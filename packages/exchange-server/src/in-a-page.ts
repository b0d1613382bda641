// What a page gets that imports this package: the export condition `browser` of package.json leads here.
throw new Error(
  '[dance] @spa-dance/exchange-server knows secrets and runs on a server. ' +
    'A page imports @spa-dance/browser-sdk, and gives it the URL of the exchange.',
)

export {}
