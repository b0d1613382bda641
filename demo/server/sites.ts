import { freePort } from './free-port.ts'

/** A port for each site. 0: one that the system chooses. */
export interface Ports {
  readonly app: number
  readonly exchange: number
  readonly emulator: number
}

/** Where each part of the demo is. No two share a site, as on the internet. */
export interface Sites {
  readonly ports: Ports
  /** With the base path, and a slash at the end. */
  readonly appUrl: string
  /** Without a slash at the end. */
  readonly exchangeUrl: string
  /** Providers are its subdomains. */
  readonly emulatorUrl: string
}

/** Where things are unless a port is taken. */
export const usualPorts: Ports = { app: 5173, exchange: 8787, emulator: 4180 }

/** Gives every part a site, and says which port was taken. */
export async function chooseSites(
  wish: Ports,
  base: string,
  say: (line: string) => void,
): Promise<Sites> {
  const choose = async (part: keyof Ports) => {
    const port = await freePort(wish[part])
    if (port !== wish[part] && wish[part] !== 0) {
      say(`Port ${wish[part]} is taken: the ${part} takes ${port}.`)
    }
    return port
  }
  const ports = {
    app: await choose('app'),
    exchange: await choose('exchange'),
    emulator: await choose('emulator'),
  }
  return {
    ports,
    appUrl: `http://app.localhost:${ports.app}${base}`,
    exchangeUrl: `http://exchange.localhost:${ports.exchange}`,
    emulatorUrl: `http://localhost:${ports.emulator}`,
  }
}
