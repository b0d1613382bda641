import { dexieFlows } from '../storage/dexie/flows.ts'

/** Another tab: takes each flow that it is told of, over a connection of its own. */
addEventListener('message', ({ data }: MessageEvent<{ name: string; state: string }>) => {
  void dexieFlows(data.name)
    .take(data.state)
    .then((flow) => postMessage({ won: flow !== undefined }))
})
