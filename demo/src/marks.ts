import type { Name } from './providers.ts'

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

/** Who has none is told by its initial. */
export const marks: { readonly [Client in Name]?: MarkShape } = {
  apple: {
    colour: ink,
    path: 'M12 8c-2-2-7-1-7 4.5C5 17 8 21 10 21c1 0 1.3-.5 2-.5s1 .5 2 .5c2 0 5-4 5-8.5C19 7 14 6 12 8ZM12.5 6c0-2 1.5-3.5 3.5-4 .2 2.2-1.3 4-3.5 4Z',
  },
  atlassian: {
    colour: '#0052cc',
    path: 'M7.5 11 2.5 21h7c1-3.5.2-7.2-2-10ZM12 3c-2.2 4-2.4 8-.6 11.500L14.7 21h6.800Z',
  },
  auth0: {
    colour: '#5b55e0',
    path: 'M12 2.5 20.5 5.5V11c0 5-3.4 8.7-8.5 10.8C6.9 19.7 3.5 16 3.5 11V5.5ZM12 7l-1.2 3.4H7.2l2.9 2.1L9 16l3-2.1 3 2.1-1.1-3.5 2.9-2.1h-3.6Z',
  },
  azure: {
    colour: '#0067b8',
    path: 'M3.5 3.5h8v8h-8ZM12.5 3.5h8v8h-8ZM3.5 12.5h8v8h-8ZM12.5 12.5h8v8h-8Z',
  },
  digitalocean: {
    colour: '#0061eb',
    path: 'M5 12a7 7 0 1 1 7 7v-3.500M8.5 17.500v.01M5.5 20v.01',
    line: 3,
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
  heroku: {
    colour: '#5a3f8f',
    path: 'M7 3.500v9c6-3 10-2.5 10 1.500v6.500M7 16.500v4M17 3.500c0 2-.8 3.5-2 5',
    line: 2.4,
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
  linkedin: {
    colour: '#0a66c2',
    path: 'M4 9h3.500v11H4ZM5.7 3.500a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM10 9h3.300v1.600c2-3 7.2-2.4 7.2 2.900V20H17v-5.800c0-3.3-3.5-3-3.5 0V20H10Z',
  },
  meetup: {
    colour: '#d63a4a',
    path: 'M4.5 18.5V10a3 3 0 0 1 6 0v8.5M10.5 10a3.2 3.2 0 0 1 6.4 0v6.5a2 2 0 0 0 3.6 1.2',
    line: 2.6,
  },
  notion: {
    colour: ink,
    path: 'M4.5 5h3.500l8 14M7 5v13.500M17 19V5.500M15 5h4.500M4.5 19h5',
    line: 1.8,
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
  openstreetmap: {
    colour: '#3f7a1c',
    path: 'M10 4a6 6 0 1 1 0 12 6 6 0 0 1 0-12ZM14.5 14.5 20 20',
    line: 2.6,
  },
  orcid: {
    colour: '#4d6a12',
    path: 'M7.5 10v7.500M7.5 6v.01M12 9.500h2a4 4 0 0 1 0 8h-2Z',
    line: 2.2,
  },
  reddit: {
    colour: '#c33600',
    path: 'M12 8.500c5 0 8.5 2.5 8.5 5.800S17 20 12 20s-8.5-2.4-8.5-5.700S7 8.5 12 8.500ZM8.8 12.200a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM15.2 12.200a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM16.5 3a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
  },
  salesforce: {
    colour: '#0b6fb8',
    path: 'M10 6.500a4.300 4.300 0 0 1 3.200-1.400c1.700 0 3.100.9 3.900 2.300a5.100 5.100 0 1 1 1 10 3.900 3.900 0 0 1-5 1.500 4.500 4.500 0 0 1-8-.3A4.100 4.100 0 0 1 2.500 11 4.700 4.700 0 0 1 10 6.500Z',
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
  strava: {
    colour: '#c43c02',
    path: 'M10.5 2.5 16.5 14h-3.600l-2.4-4.700L8.1 14H4.500ZM14.7 21.5 10.9 14h2.500l1.3 2.600L16 14h2.500Z',
  },
  trello: {
    colour: '#0052cc',
    path: 'M3 3h18v18H3ZM6 6v12h4.5V6ZM13.5 6v7H18V6Z',
  },
  twitch: {
    colour: '#772ce8',
    path: 'M5 3h15v10.500L15.5 18H12l-3 3v-3H5ZM11 7v5h2V7ZM15.5 7v5h2V7Z',
  },
  twitter: {
    colour: '#1a7fb8',
    path: 'M21.5 6.2c-.7.4-1.5.6-2.3.7a3.9 3.9 0 0 0-6.8 2.7v.7A10.5 10.5 0 0 1 4 5.7a3.9 3.9 0 0 0 1.2 5.3 3.8 3.8 0 0 1-1.7-.5 3.9 3.9 0 0 0 3.1 3.9 3.9 3.9 0 0 1-1.7.1 3.9 3.9 0 0 0 3.6 2.7A7.8 7.8 0 0 1 2.5 18.9 11 11 0 0 0 19.5 9.2c.8-.6 1.5-1.5 2-3Z',
  },
  x: { colour: ink, path: 'M4.5 4.5 19.5 19.5M19 4.5 13.3 11M10.6 13.9 5 19.5', line: 2.6 },
  zoho: {
    colour: '#c8202f',
    path: 'M2 8.500h6v7H2ZM8.600 9.800l5-2.100 2.400 5.700-5 2.100ZM16.700 8.500h5.300v7h-5.300Z',
  },
}
