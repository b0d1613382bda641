import type { Plugin } from 'vite'
import { names } from '../src/providers.ts'

/**
 * Gives each callback a page of its own, `callback/<client>/index.html`, so that a file server
 * without rewrites can complete a dance. The page is the app's: it puts the URL back where the
 * login began. The development server answers with the app as well.
 */
export const callbackPages = (): Plugin => ({
  name: 'callback-pages',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      request.url = request.url?.replace(/^((?:\/vanilla)?\/)callback\/[^/?]+\/(?=\?|$)/, '$1')
      next()
    })
  },
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const folder of ['', 'vanilla/']) {
        const page = bundle[`${folder}index.html`]
        if (page?.type !== 'asset') throw new Error(`The build has no ${folder}index.html`)
        for (const client of names) {
          const fileName = `${folder}callback/${client}/index.html`
          this.emitFile({ type: 'asset', fileName, source: page.source })
        }
      }
    },
  },
})
