import { DanceError } from '../errors.ts'
import type { Page } from '../page.ts'

/** @throws DanceError `unsupported-environment` where no login can begin or end */
export function assertCanDance({ framed }: Page, client: string): void {
  const reason = framed
    ? 'Providers sign nobody in inside a frame. Open this page in a tab of its own.'
    : !globalThis.crypto?.subtle
      ? 'This page has no WebCrypto, because it is not served securely. Serve it over https, or from localhost.'
      : undefined
  if (reason !== undefined) throw new DanceError('unsupported-environment', reason, { client })
}
