/**
 * A connection to a database as it is, for reading. It gives way to whoever wants to upgrade or to
 * delete it.
 *
 * @throws where there is no such database: none is made
 */
export function openExisting(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    request.addEventListener('upgradeneeded', () => request.transaction?.abort())
    request.addEventListener('error', reject)
    request.addEventListener('success', () => {
      const { result } = request
      result.addEventListener('versionchange', () => result.close())
      resolve(result)
    })
  })
}
