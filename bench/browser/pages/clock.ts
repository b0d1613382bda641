// Imported before anything else, so that evaluating the libraries counts too.
const scriptStart = performance.now()

/** Tells the benchmark, which listens to the console: asking the page would disturb it. */
export function report(result: object): void {
  console.log(JSON.stringify(result))
}

/** What a page measured from its start, in ms. */
export interface Start {
  readonly fromScript: number
  readonly fromNavigation: number
}

/** Both times from the start of this page until now. */
export function untilNow(): Start {
  const now = performance.now()
  return { fromScript: now - scriptStart, fromNavigation: now }
}
