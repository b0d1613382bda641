import type { ClientName } from '@spa-dance/react'

/** Drawn for this page: signs to tell the three apart, not the providers' own artwork. */
const shapes: Record<ClientName, string> = {
  github:
    'M5 4.5 8.6 6.4a9 9 0 0 1 6.8 0L19 4.5c.7 1.6.7 3.2.4 4.4A7 7 0 0 1 20.5 12.5c0 4.2-2.9 6-6.3 6.5.5.6.8 1.4.8 2.5H9v-1.7c-2.8.5-3.6-1.3-4.6-2.2 1.8-.3 2.4 1 4.7.8.1-.2.2-.3.4-.5-3.3-.5-6-2.3-6-6.4a7 7 0 0 1 1.1-3.6c-.3-1.2-.3-2.8.4-4.4Z',
  twitter:
    'M21.5 6.2c-.7.4-1.5.6-2.3.7a3.9 3.9 0 0 0-6.8 2.7v.7A10.5 10.5 0 0 1 4 5.7a3.9 3.9 0 0 0 1.2 5.3 3.8 3.8 0 0 1-1.7-.5 3.9 3.9 0 0 0 3.1 3.9 3.9 3.9 0 0 1-1.7.1 3.9 3.9 0 0 0 3.6 2.7A7.8 7.8 0 0 1 2.5 18.9 11 11 0 0 0 19.5 9.2c.8-.6 1.5-1.5 2-3Z',
  discord:
    'M8.3 5.5C6.8 5.8 5.5 6.2 4.6 6.7 2.7 9.7 2 13 2.2 16.5a14 14 0 0 0 5 2.5l1.1-1.9a12 12 0 0 0 7.4 0l1.1 1.9a14 14 0 0 0 5-2.5c.2-3.5-.5-6.8-2.4-9.8a15 15 0 0 0-3.7-1.2l-.7 1.5a14 14 0 0 0-6 0ZM8.7 10.5a1.8 2 0 1 1 0 4 1.8 2 0 0 1 0-4Zm6.6 0a1.8 2 0 1 1 0 4 1.8 2 0 0 1 0-4Z',
}

export const Mark = ({ client }: { client: ClientName }) => (
  <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" data-client={client}>
    <path d={shapes[client]} fill="currentColor" fillRule="evenodd" />
  </svg>
)
