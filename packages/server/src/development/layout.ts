import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const PAGES = [
  ['/dev/mailbox', 'Mailbox'],
  ['/dev/bank', 'Sandbox bank'],
  ['/dev/clock', 'Clock'],
  ['/', 'Portal'],
] as const

/** One page of a developer's machine. */
export function page(title: string, now: Date, content: Html | Html[]): Html {
  const link = ([path, name]: readonly [string, string]) => html`<a href="${path}">${name}</a>`
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · FISTWorks</title>
    <link rel="icon" href="/icon.svg" />
    <link rel="stylesheet" href="/dev/style.css" />
  </head>
  <body>
    <header><strong>FISTWorks</strong> <span>development</span> <span class="quiet">${newYork(now)}</span>
      <nav>${PAGES.map(link)}</nav></header>
    <main><h1>${title}</h1>${content}</main>
  </body>
</html>`
}

const NEW_YORK = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
})
const DAY = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
})

/** A moment as the clocks of the banks show it. */
export const newYork = (at: Date): string => `${NEW_YORK.format(at)} in New York`

/** A civil date in words. */
export const inWords = (date: string): string => DAY.format(new Date(`${date}T00:00:00Z`))

export const dollars = (cents: number): string =>
  (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })
