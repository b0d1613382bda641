import { html } from 'hono/html'
import type { Call } from '../counterpart.ts'
import { people, portrait, type Person } from '../people.ts'
import type { Question } from '../state.ts'
import { brand, document, type Html } from './document.ts'
import { consentPath } from './path.ts'

/**
 * Asks a person whether an app may act for them.
 *
 * @param id under which the question is kept
 * @param before whom this browser last signed in as
 */
export function consentPage(
  { counterpart }: Call,
  id: string,
  { app, scopes }: Question,
  before: Person = people[0],
): Promise<Response> {
  const { name, look } = counterpart
  return document({
    title: `Authorize ${app} · ${name}`,
    look,
    body: html`<main class="card">
      ${brand(counterpart)}
      <h1><strong>${app}</strong> wants to use your ${name} account</h1>
      <section aria-labelledby="scopes">
        <h2 id="scopes">It will be able to</h2>
        <ul class="scopes">
          ${(scopes.length > 0 ? scopes : ['See your public profile']).map(
            (scope) => html`<li>${scope}</li>`,
          )}
        </ul>
      </section>
      <form method="post" action="${consentPath}">
        <input type="hidden" name="request" value="${id}" />
        <fieldset>
          <legend>Continue as</legend>
          ${people.map((person) => choice(person, counterpart.account(person), person === before))}
        </fieldset>
        <div class="actions">
          <button class="approve" name="decision" value="approve">${look.approve} ${app}</button>
          <button class="decline" name="decision" value="decline" formnovalidate>
            ${look.decline}
          </button>
        </div>
      </form>
    </main>`,
  })
}

const choice = (person: Person, account: string, checked: boolean): Html =>
  html`<label class="person">
    <input type="radio" name="person" value="${person.key}" required ${checked ? 'checked' : ''} />
    <img
      src="data:image/svg+xml,${encodeURIComponent(portrait(person))}"
      alt=""
      width="40"
      height="40"
    />
    <span
      ><span class="name">${person.name ?? person.handle}</span
      ><span class="quiet">${account}</span></span
    >
  </label>`
