import { describe, expect, it } from 'vitest'
import { at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import { authorizeAt, danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({
    'jira-data-center': [{ clientId: 'dance', clientSecret: 'shh', redirectUris: [callback] }],
  })
const path = (below: string): string => at('jira-data-center', '', below)
const under = (context: string): Party => ({
  authorizeUrl: path(`${context}/rest/oauth2/latest/authorize`),
  tokenUrl: path(`${context}/rest/oauth2/latest/token`),
  clientId: 'dance',
  scope: 'READ',
  credentials: { client_id: 'dance', client_secret: 'shh' },
})
const named = { redirect_uri: callback }

describe.each(['', '/jira'])('a Jira Data Center below "%s"', (context) => {
  it('goes from the consent page to the API', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, under(context))
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 7200 })
    expect(body).not.toHaveProperty('scope')
    const address = path(`${context}/rest/api/2/myself`)
    const me = await (await get(emulator, address, bearer(body.access_token))).json()
    expect(me).toMatchObject({ key: 'JIRAUSER1815', displayName: 'Ada Lovelace' })
    expect((await get(emulator, me.avatarUrls['48x48'])).status).toBe(200)
  })
})

describe('strictness', () => {
  it('wants the redirect URI at a refresh, and ends the refresh token with it', async () => {
    const emulator = start()
    const jira = under('')
    const { body } = await danceAt(emulator, jira)
    const without = await refreshAt(emulator, jira, body.refresh_token)
    expect(without).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await refreshAt(emulator, jira, body.refresh_token, named)).status).toBe(200)
    expect((await refreshAt(emulator, jira, body.refresh_token, named)).status).toBe(400)
  })

  it('lets READ write nothing, and ADMIN all that WRITE may', async () => {
    const emulator = start()
    const issue = path('/rest/api/2/issue')
    const statusWith = async (scope: string): Promise<number> => {
      const { body } = await danceAt(emulator, { ...under(''), scope })
      return (await post(emulator, issue, '', bearer(body.access_token))).status
    }
    expect(await statusWith('READ')).toBe(403)
    expect(await statusWith('ADMIN')).toBe(415)
  })

  it.each([undefined, 'EVERYTHING'])('refuses the scope %s', async (scope) => {
    const { headers } = await get(start(), authorizeAt(under(''), { scope }))
    expect(headers.get('location')).toContain('error=invalid_scope')
  })

  it('answers nothing to pages', async () => {
    const headers = { origin: 'https://app.example.com' }
    const options = new Request(under('').tokenUrl, { method: 'OPTIONS', headers })
    expect((await start().fetch(options)).headers.has('access-control-allow-origin')).toBe(false)
  })
})
