/** Places for short texts that vanish by themselves, each of them changed atomically. */
export interface Cells {
  get(key: string): Promise<string | undefined>
  set(key: string, text: string, milliseconds: number): Promise<void>
  /** Sets it where there is none. @returns whether there was none */
  claim(key: string, text: string, milliseconds: number): Promise<boolean>
  /** Lets it live on for so long, if it still is `text`. */
  extend(key: string, text: string, milliseconds: number): Promise<void>
  /** Removes it, if it still is `text`. */
  release(key: string, text: string): Promise<void>
}

/** How long a claim outlives whoever made it, and how often it is renewed, in milliseconds. */
const claimLife = 5000
const renewal = 1500
/** How long those who wait look away, in milliseconds. */
const firstPause = 10
const longestPause = 250

/**
 * Lets one of all who come with a key do the work, and the others wait for its answer. Who dies at
 * work holds up the next one for 5 seconds.
 *
 * @returns the answer, which stays for `seconds`
 */
export async function claimOrWait(
  cells: Cells,
  key: string,
  seconds: number,
  work: () => Promise<string>,
): Promise<string> {
  const claim = `?${crypto.randomUUID()}`
  let pause = firstPause
  while (!(await cells.claim(key, claim, claimLife))) {
    const found = await cells.get(key)
    if (found?.startsWith('=')) return found.slice(1)
    if (found !== undefined) await new Promise((done) => setTimeout(done, pause))
    pause = Math.min(pause * 2, longestPause)
  }
  const renewing = setInterval(() => void quietly(cells.extend(key, claim, claimLife)), renewal)
  try {
    const answer = await work()
    // An answer counts more than that it is kept.
    await quietly(cells.set(key, `=${answer}`, seconds * 1000))
    return answer
  } catch (error) {
    await quietly(cells.release(key, claim))
    throw error
  } finally {
    clearInterval(renewing)
  }
}

const quietly = (work: Promise<void>): Promise<void> => work.catch(() => {})
