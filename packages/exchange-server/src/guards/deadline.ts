/**
 * Settles as `work` does, or after `milliseconds` as `late` does. `work` itself goes on: pair it
 * with a signal where it has to end.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  milliseconds: number,
  late: () => T,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => {
      try {
        resolve(late())
      } catch (error) {
        reject(error)
      }
    }, milliseconds)
  })
  // Nobody may be listening any more when it fails later.
  work.catch(() => {})
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
