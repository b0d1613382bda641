/** Makes something with its first use. What failed is made anew with the next. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    }))
}

type Act = (...given: unknown[]) => Promise<unknown>

/** The named methods of an object that is made with their first use. */
export function late<T extends object, K extends keyof T & string>(
  names: readonly K[],
  open: () => Promise<T>,
): Pick<T, K> {
  const call =
    (name: K): Act =>
    async (...given) =>
      ((await open())[name] as Act)(...given)
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Pick<T, K>
}
