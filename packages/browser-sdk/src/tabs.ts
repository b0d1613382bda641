import { readEntries, type Entry } from './snapshot.ts'

/** What one tab tells the others: who is signed in now. Never a token. */
export interface Announcement {
  /** The client with its registration, as in the snapshot. */
  readonly key: string
  readonly entries: readonly Entry[]
}

/** The way to the other tabs of this origin. */
export interface Tabs {
  announce(announcement: Announcement): void
  close(): void
}

/** Opens the channel. A browser without channels has a dance in each tab of its own, and none. */
export function openTabs(
  name: string,
  onAnnouncement: (announcement: Announcement) => void,
): Tabs | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const entries = readEntries(data)
    const { key } = Object(data)
    if (entries && typeof key === 'string') onAnnouncement({ key, entries })
  })
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    announce: ({ key, entries }) => channel.postMessage({ v: 1, key, entries }),
    close: () => channel.close(),
  }
}
