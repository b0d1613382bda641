import { createDance } from '@spa-dance/browser-sdk'
import { clients, exchange } from './clients.ts'
import { explain } from './explain.ts'
import { marks } from './marks.ts'
import type { Mode } from './mode.ts'
import { partnerOf } from './partners.ts'
import { names, type Name } from './providers.ts'
import { duration, secondsUntil, statuses } from './words.ts'

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

/** Adds the card of a client, and returns what brings it up to date. */
function addCard(client: Name): () => void {
  const { name, route, call: request } = partnerOf(client)
  const template = find(document, '#card') as HTMLTemplateElement
  const card = find(document.importNode(template.content, true), 'section')
  const part = (which: string) => find(card, `[data-part=${which}]`)
  const button = (act: string) => find(card, `[data-act=${act}]`) as HTMLButtonElement
  const status = find(card, '[role=status]')
  const problem = find(card, '[role=alert]')
  const answer = find(card, 'pre')

  card.id = client
  card.setAttribute('aria-labelledby', `${client}-name`)
  part('name').id = `${client}-name`
  part('name').textContent = name
  part('route').textContent = route
  answer.setAttribute('aria-label', `Answer of ${name}’s API`)
  button('login').textContent = `Sign in with ${name}`
  for (const act of ['popup', 'call', 'logout']) {
    find(button(act), '.unseen').textContent = ` of ${name}`
  }
  drawMark(find(card, 'svg'), find(card, 'path'), client)

  const callApi = async () => {
    if (!request) return
    const { path, method = 'GET' } = request
    const reply = await dance.session(client).json(path, { method }).catch(String)
    answer.textContent = JSON.stringify(reply, null, 2)
    answer.hidden = false
  }
  // What goes wrong with a login is in the state, as `error`.
  const login = (mode: Mode) => void dance.login(client, { mode }).catch(() => {})
  button('login').addEventListener('click', () => login('redirect'))
  button('popup').addEventListener('click', () => login('popup'))
  button('logout').addEventListener('click', () => void dance.logout(client))
  button('call').addEventListener('click', () => void callApi())

  find(document, '#cards').append(card)
  return () => {
    const session = dance.getState().sessions[client]
    const { profile, account, error, expiresAt, refreshable } = session
    const signedIn = session.status === 'signed-in'
    card.dataset['status'] = session.status
    status.textContent = statuses[session.status]
    part('person').textContent = signedIn ? (profile?.name ?? account ?? '') : ''
    part('expiry').textContent =
      signedIn && expiresAt !== undefined
        ? `${refreshable ? 'Renews itself within' : 'Ends in'} ${duration(secondsUntil(expiresAt, Date.now()))}`
        : ''
    problem.textContent = error ? explain(error, name) : ''
    for (const act of ['login', 'popup']) {
      button(act).hidden = signedIn
      button(act).disabled = session.status === 'loading' || session.status === 'signing-in'
    }
    button('logout').hidden = !signedIn
    button('call').hidden = !signedIn || !request
    answer.hidden ||= !signedIn
  }
}

function drawMark(ground: HTMLElement, shape: HTMLElement, client: Name): void {
  const { colour = 'var(--soft)', path = '', line } = marks[client] ?? {}
  ground.style.background = colour
  shape.setAttribute('d', path)
  shape.setAttribute(line ? 'stroke' : 'fill', 'currentColor')
  if (line) shape.setAttribute('stroke-width', String(line))
}

const cards = names.map(addCard)
const render = () => cards.forEach((update) => update())
dance.subscribe(render)
// The countdowns. That a session renews itself is the dance's business.
setInterval(render, 1000)
render()

await dance.ready.then((back) => back && find(document, `#${back.client}`).scrollIntoView())
