/**
 * Settles as `work` does, or after `milliseconds` as `late` does. `work` itself goes on: pair it
 * with a signal where it has to end.
 */
export function withDeadline<T>(work: Promise<T>, milliseconds: number, late: () => T): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(late())
      } catch (error) {
        reject(error)
      }
    }, milliseconds)
    const settle =
      <V>(as: (value: V) => void) =>
      (value: V): void => {
        clearTimeout(timer)
        as(value)
      }
    work.then(settle(resolve), settle(reject))
  })
}
