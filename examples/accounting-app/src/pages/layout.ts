import { html } from 'hono/html'
import type { User } from '../sign-in/users.ts'

export type Html = ReturnType<typeof html>

export interface Page {
  title: string
  user: User | null
  /** Which entry of the navigation this page belongs to. */
  section: 'vendors' | 'bills' | 'payments' | null
  content: Html
  /** Pages with components load FISTWorks' own script from here. */
  apiUrl: string | null
}

const SECTIONS = [
  { id: 'bills', name: 'Bills' },
  { id: 'vendors', name: 'Vendors' },
  { id: 'payments', name: 'Payments' },
] as const

export function layout({ title, user, section, content, apiUrl }: Page): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Tidewater Books</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/assets/theme.css" />
    <link rel="stylesheet" href="/assets/app.css" />
    <link rel="stylesheet" href="/assets/tables.css" />
    <link rel="stylesheet" href="/assets/narrow.css" />
    ${apiUrl === null ? '' : componentScripts(apiUrl)}
  </head>
  <body>
    <a class="skip" href="#content">Skip to content</a>
    ${user === null ? '' : header(user, section)}
    <main id="content" class="${user === null ? 'alone' : ''}">${content}</main>
  </body>
</html>`
}

function componentScripts(apiUrl: string): Html {
  return html`<script type="module" src="${apiUrl}/embed/v1/fistworks.js" crossorigin></script>
    <script type="module" src="/browser/page.js"></script>`
}

function header(user: User, section: Page['section']): Html {
  return html`<header class="top">
      <a class="brand" href="/bills"><img src="/assets/icon.svg" alt="" width="28" height="28" />Tidewater Books</a>
      <nav aria-label="Main">
        ${SECTIONS.map(
          ({ id, name }) => html`<a href="/${id}" ${id === section ? html`aria-current="page"` : ''}>${name}</a>`,
        )}
      </nav>
      <form class="person" method="post" action="/sign-out">
        <span><strong>${user.name}</strong><small>${user.title}</small></span>
        <button class="quiet">Sign out</button>
      </form>
    </header>`
}
