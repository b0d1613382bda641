import type { Name } from './names.ts'

/** How a provider is told from the others. Drawn for this page: not the providers' own artwork. */
export interface MarkShape {
  /** Of the ground, as CSS. */
  readonly colour: string
  /** An SVG path on a 24 by 24 grid. */
  readonly path: string
  /** Draws the path as a line this thick, instead of filling it. */
  readonly line?: number
}

const ink = 'light-dark(#1b1a17, #4a473f)'

export const marks: Readonly<Record<Name, MarkShape>> = {
  auth0: {
    colour: '#5b55e0',
    path: 'M12 2.5 20.5 5.5V11c0 5-3.4 8.7-8.5 10.8C6.9 19.7 3.5 16 3.5 11V5.5ZM12 7l-1.2 3.4H7.2l2.9 2.1L9 16l3-2.1 3 2.1-1.1-3.5 2.9-2.1h-3.6Z',
  },
  azure: {
    colour: '#0067b8',
    path: 'M3.5 3.5h8v8h-8ZM12.5 3.5h8v8h-8ZM3.5 12.5h8v8h-8ZM12.5 12.5h8v8h-8Z',
  },
  discord: {
    colour: '#5460d6',
    path: 'M8.3 5.5C6.8 5.8 5.5 6.2 4.6 6.7 2.7 9.7 2 13 2.2 16.5a14 14 0 0 0 5 2.5l1.1-1.9a12 12 0 0 0 7.4 0l1.1 1.9a14 14 0 0 0 5-2.5c.2-3.5-.5-6.8-2.4-9.8a15 15 0 0 0-3.7-1.2l-.7 1.5a14 14 0 0 0-6 0ZM8.7 10.5a1.8 2 0 1 1 0 4 1.8 2 0 0 1 0-4Zm6.6 0a1.8 2 0 1 1 0 4 1.8 2 0 0 1 0-4Z',
  },
  dropbox: {
    colour: '#0061fe',
    path: 'M7 3.4 12 6.6 7 9.8 2 6.6ZM17 3.4l5 3.2-5 3.2-5-3.2ZM2 13l5-3.2 5 3.2-5 3.2ZM17 9.8l5 3.2-5 3.2-5-3.2ZM7 17.3l5-3.2 5 3.2-5 3.2Z',
  },
  facebook: {
    colour: '#1568d3',
    path: 'M13.9 22v-8.2h2.9l.5-3.5h-3.4V8.2c0-1 .5-1.9 2-1.9h1.5v-3A17 17 0 0 0 14.8 3c-2.9 0-4.6 1.7-4.6 4.7v2.6H7v3.5h3.2V22Z',
  },
  github: {
    colour: ink,
    path: 'M5 4.5 8.6 6.4a9 9 0 0 1 6.8 0L19 4.5c.7 1.6.7 3.2.4 4.4A7 7 0 0 1 20.5 12.5c0 4.2-2.9 6-6.3 6.5.5.6.8 1.4.8 2.5H9v-1.7c-2.8.5-3.6-1.3-4.6-2.2 1.8-.3 2.4 1 4.7.8.1-.2.2-.3.4-.5-3.3-.5-6-2.3-6-6.4a7 7 0 0 1 1.1-3.6c-.3-1.2-.3-2.8.4-4.4Z',
  },
  gitlab: {
    colour: '#d93b20',
    path: 'M12 21.5 2.6 14.4a1 1 0 0 1-.3-1.1l3.3-9.6a.5.5 0 0 1 1 0L8.9 10h6.2l2.3-6.3a.5.5 0 0 1 1 0l3.3 9.6a1 1 0 0 1-.3 1.1Z',
  },
  google: {
    colour: '#1a6ae0',
    path: 'M18.2 6.7A8 8 0 1 0 20 12h-7.6',
    line: 2.8,
  },
  jira: {
    colour: '#0052cc',
    path: 'M12 2.5 21.5 12 12 21.5 2.5 12ZM12 8.6 8.6 12l3.4 3.4 3.4-3.4Z',
  },
  'jira-data-center': {
    colour: '#0a3d91',
    path: 'M12 2.5 21.5 12 12 21.5 2.5 12ZM12 8.6 8.6 12l3.4 3.4 3.4-3.4Z',
  },
  keycloak: {
    colour: '#33588f',
    path: 'M6.5 3h11L23 12l-5.5 9h-11L1 12ZM9.5 8 7 12l2.5 4h5l2.5-4-2.5-4Z',
  },
  nylas: {
    colour: '#2f55d4',
    path: 'M5.5 19V5L18.5 19V5',
    line: 3,
  },
  okta: {
    colour: ink,
    path: 'M12 4.6a7.4 7.4 0 1 1 0 14.8 7.4 7.4 0 0 1 0-14.8Z',
    line: 4.4,
  },
  meetup: {
    colour: '#d63a4a',
    path: 'M4.5 18.5V10a3 3 0 0 1 6 0v8.5M10.5 10a3.2 3.2 0 0 1 6.4 0v6.5a2 2 0 0 0 3.6 1.2',
    line: 2.6,
  },
  slack: {
    colour: '#611f69',
    path: 'M9.5 3v18M14.5 3v18M3 9.5h18M3 14.5h18',
    line: 2.4,
  },
  'slack-openid': {
    colour: '#007a5a',
    path: 'M9.5 3v18M14.5 3v18M3 9.5h18M3 14.5h18',
    line: 2.4,
  },
  spotify: {
    colour: '#148a3f',
    path: 'M4 8.3c5.6-1.6 11.4-1 16 1.7M5 12.6c4.7-1.3 9.5-.8 13.2 1.4M6 16.7c3.7-1 7.4-.6 10.3 1.1',
    line: 2.2,
  },
  twitter: {
    colour: '#1a7fb8',
    path: 'M21.5 6.2c-.7.4-1.5.6-2.3.7a3.9 3.9 0 0 0-6.8 2.7v.7A10.5 10.5 0 0 1 4 5.7a3.9 3.9 0 0 0 1.2 5.3 3.8 3.8 0 0 1-1.7-.5 3.9 3.9 0 0 0 3.1 3.9 3.9 3.9 0 0 1-1.7.1 3.9 3.9 0 0 0 3.6 2.7A7.8 7.8 0 0 1 2.5 18.9 11 11 0 0 0 19.5 9.2c.8-.6 1.5-1.5 2-3Z',
  },
  x: { colour: ink, path: 'M4.5 4.5 19.5 19.5M19 4.5 13.3 11M10.6 13.9 5 19.5', line: 2.6 },
}
