import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { HttpEnv } from '../http/env.ts'
import { pageHeaders } from '../http/headers.ts'
import type { DevelopmentMailbox } from '../mail/mailbox.ts'
import type { SandboxBank } from '../sandbox/sandbox-bank.ts'
import { STYLE } from './style.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Pages of a developer's machine: what was mailed, and what lies at the sandbox bank. */
export function mountDevelopmentPages(
  app: Hono<HttpEnv>,
  shown: { mailbox: DevelopmentMailbox; bank: SandboxBank; publicOrigin: string },
): void {
  app.use('/dev/*', pageHeaders, async (c, next) => {
    // A name of somebody else that leads to this machine would let their page read the mailbox.
    if (!isThisMachine(new URL(c.req.url).hostname, shown.publicOrigin)) return c.notFound()
    await next()
    return undefined
  })
  app.get('/dev/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/dev/mailbox', (c) => c.html(page('Development mailbox', mailList(shown.mailbox))))
  app.get('/dev/bank', async (c) => c.html(page('Sandbox bank', await inbox(shown.bank))))
}

function isThisMachine(hostname: string, publicOrigin: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]', new URL(publicOrigin).hostname].includes(hostname)
}

function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · FISTWorks</title>
    <link rel="stylesheet" href="/dev/style.css" />
  </head>
  <body>
    <header><strong>FISTWorks</strong> development <nav><a href="/dev/mailbox">Mailbox</a> <a href="/dev/bank">Sandbox bank</a> <a href="/">Portal</a></nav></header>
    <main><h1>${title}</h1>${content}</main>
  </body>
</html>`
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
        <p class="meta">To ${mail.to} · ${mail.at.toISOString()}</p>
        <p>${mail.text}</p>
      </li>`,
    )}</ol>`
}

async function inbox(bank: SandboxBank): Promise<Html> {
  const files = await bank.inbox()
  if (files.length === 0) return html`<p>The bank has no file yet. Submit one, then reload this page.</p>`
  return html`<p>Files in the bank's inbox, newest first. Account numbers are masked here; the files hold them in full.</p>
    <ol class="cards">${files.map(
      (file) => html`<li>
        <h2>${file.name}</h2>
        <p class="meta">${file.sizeBytes} bytes · received ${file.receivedAt.toISOString()} · ${file.verdict}</p>
        <pre tabindex="0">${file.maskedText}</pre>
      </li>`,
    )}</ol>`
}
