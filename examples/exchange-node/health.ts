// For the Dockerfile: ends with 0 while the exchange in this container is alive.
const { DANCE_BASE_URL = 'http://localhost', PORT = '8787' } = process.env
const path = new URL(DANCE_BASE_URL).pathname.replace(/\/$/, '')

const alive = await fetch(`http://127.0.0.1:${PORT}${path}/healthz`).then(
  ({ ok }) => ok,
  () => false,
)
process.exitCode = alive ? 0 : 1
