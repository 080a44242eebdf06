import { html } from 'hono/html'
import { USERS } from '../sign-in/users.ts'
import { type Html, layout } from './layout.ts'

export function signInPage(): Html {
  const content = html`<section class="card sign-in">
    <img src="/assets/icon.svg" alt="" width="56" height="56" />
    <h1>Tidewater Books</h1>
    <p>Choose who you are today.</p>
    <form method="post" action="/sign-in">
      ${USERS.map(
        (user) => html`<button name="user" value="${user.id}" class="identity">
          <span class="initials" aria-hidden="true">${user.name.slice(0, 1)}</span>
          <span><strong>${user.name}</strong><small>${user.title}</small></span>
        </button>`,
      )}
    </form>
    <p class="hint">This is a demonstration of an accounting product. Its own sign-in would be here.</p>
  </section>`
  return layout({ title: 'Sign in', user: null, section: null, content, apiUrl: null })
}
