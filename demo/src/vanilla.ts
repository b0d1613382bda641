import { createDance } from '@spa-dance/browser-sdk'
import { clients, exchange } from './clients.ts'
import { names, type Name } from './providers.ts'
import { partnerOf } from './partners.ts'

const dance = createDance({
  exchange,
  clients,
  redirectUri: `${location.origin}${import.meta.env.BASE_URL}vanilla/callback/{client}/`,
})

const find = (root: ParentNode, selector: string): HTMLElement => {
  const element = root.querySelector<HTMLElement>(selector)
  if (!element) throw new Error(`vanilla/index.html has no ${selector}`)
  return element
}

const addCard = (client: Name) => {
  const { name, call: request } = partnerOf(client)
  const template = find(document, '#card') as HTMLTemplateElement
  const card = find(document.importNode(template.content, true), 'section')
  const title = find(card, 'h2')
  const status = find(card, '[role=status]')
  const problem = find(card, '[role=alert]')
  const login = find(card, '[data-act=login]') as HTMLButtonElement
  const call = find(card, '[data-act=call]')
  const logout = find(card, '[data-act=logout]')
  const answer = find(card, 'pre')

  title.id = `${client}-name`
  title.textContent = name
  card.setAttribute('aria-labelledby', title.id)
  answer.setAttribute('aria-label', `Answer of ${name}’s API`)
  login.textContent = `Sign in with ${name}`
  logout.textContent = `Sign out of ${name}`

  // What goes wrong with a login is in the state, as `error`.
  login.addEventListener('click', () => void dance.login(client).catch(() => {}))
  logout.addEventListener('click', () => void dance.logout(client))
  call.addEventListener('click', () => void callApi())

  const callApi = async () => {
    if (!request) return
    const { path, method = 'GET' } = request
    const reply = await dance.session(client).json(path, { method }).catch(String)
    answer.textContent = JSON.stringify(reply, null, 2)
    answer.hidden = false
  }
  const render = () => {
    const { status: now, profile, account, error } = dance.getState().sessions[client]
    const signedIn = now === 'signed-in'
    status.textContent = signedIn ? `Signed in as ${profile?.name ?? account}` : now
    problem.textContent = error?.message ?? ''
    problem.hidden = !error
    login.hidden = signedIn
    login.disabled = now === 'loading' || now === 'signing-in'
    logout.hidden = !signedIn
    call.hidden = !signedIn || !request
    answer.hidden ||= !signedIn
  }
  dance.subscribe(render)
  render()
  find(document, '#cards').append(card)
}

for (const client of names) addCard(client)
