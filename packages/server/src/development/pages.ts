import type { Context, Hono, Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { HttpEnv } from '../http/env.ts'
import { pageHeaders } from '../http/headers.ts'
import type { DevelopmentMailbox } from '../mail/mailbox.ts'
import { type BankPages, mountBankPages } from './bank-pages.ts'
import { mountClockPages } from './clock-pages.ts'
import { type Html, newYork, page } from './layout.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import { STYLE } from './style.ts'

export interface Shown extends BankPages {
  mailbox: DevelopmentMailbox
  clock: SandboxClock
  publicOrigin: string
}

const FORM_BYTES_MAX = 16 * 1024

/** Pages of a developer's machine: what was mailed, what lies at the sandbox bank, and what time it is there. */
export function mountDevelopmentPages(app: Hono<HttpEnv>, shown: Shown): void {
  const guard = async (c: Context<HttpEnv>, next: Next) => {
    // A name of somebody else that leads to this machine would let their page read the mailbox.
    if (!isThisMachine(new URL(c.req.url).hostname, shown.publicOrigin)) return c.notFound()
    if (c.req.method !== 'GET' && isFromElsewhere(c)) return c.text('Only pages of this server may do that.', 403)
    await next()
    return undefined
  }
  app.use('/dev/*', pageHeaders, guard, bodyLimit({ maxSize: FORM_BYTES_MAX }))
  app.get('/dev/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/dev/mailbox', (c) => c.html(page('Development mailbox', shown.clock.now(), mailList(shown.mailbox))))
  mountBankPages(app, shown)
  mountClockPages(app, shown.clock)
}

function isThisMachine(hostname: string, publicOrigin: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]', new URL(publicOrigin).hostname].includes(hostname)
}

/** A form of somebody else's page would be sent by the browser as well. Programs say nothing of where they are. */
function isFromElsewhere(c: Context<HttpEnv>): boolean {
  const [site, origin] = [c.req.header('sec-fetch-site'), c.req.header('origin')]
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && origin !== new URL(c.req.url).origin
}

function mailList(mailbox: DevelopmentMailbox): Html {
  const mails = mailbox.list()
  if (mails.length === 0) {
    return html`<p>No mail yet. Ask for a sign-in code in the portal, then reload this page.</p>`
  }
  return html`<p>Mail of this machine, newest first. It is kept in memory and goes nowhere.</p>
    <ol class="cards">${mails.map(
      (mail) => html`<li>
        <h2>${mail.subject}</h2>
        <p class="meta">To ${mail.to} · ${newYork(mail.at)}</p>
        <p class="text">${mail.text}</p>
      </li>`,
    )}</ol>`
}
