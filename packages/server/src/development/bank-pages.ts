import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { HttpEnv } from '../http/env.ts'
import { bankDate } from '../sandbox/bank-time.ts'
import type { BankCustomer } from '../sandbox/bank-customer.ts'
import { answerFiles, receivedFiles } from '../sandbox/bank-view.ts'
import type { SandboxBank } from '../sandbox/sandbox-bank.ts'
import { answeredFile, receivedFile } from './bank-cards.ts'
import { orderedByHand } from './by-hand.ts'
import { clockButtons } from './clock-pages.ts'
import { type Html, page } from './layout.ts'
import { scenarioTables } from './scenario-tables.ts'
import { sandboxConnection } from './sandbox-connection.ts'
import type { SandboxClock } from './sandbox-clock.ts'

export interface BankPages {
  bank: SandboxBank
  clock: SandboxClock
  /** What the customer is called who has this login. */
  nameOf(username: string): Promise<string>
}

/** The bank's side of the counter: what it got, what it met in there, what it says, and what it could say. */
export function mountBankPages(app: Hono<HttpEnv>, { bank, clock, nameOf }: BankPages): void {
  app.get('/dev/bank', async (c) => {
    const names = await Promise.all(
      (await bank.customers()).map(async (username) => ({ username, name: await nameOf(username) })),
    )
    const asked = c.req.query('customer') ?? names.at(-1)?.username
    const chosen = names.find(({ username }) => username === asked)
    const customer = chosen === undefined ? null : await bank.customer(chosen.username)
    const content = [
      html`<p>A bank on this machine. It takes the files of each organization by SFTP and answers them: by itself when an
        account number or amount below asks for it, or when you say so here.</p>`,
      clockButtons(),
      customerLinks(names, chosen?.username),
      customer === null || chosen === undefined
        ? html`<p>No organization uses the bank yet.</p>`
        : await counter(customer, chosen.username, c.req.query('refused') ?? ''),
      html`<h2>What asks for what</h2>`,
      scenarioTables(),
      hostKey(bank),
    ]
    return c.html(page('Sandbox bank', clock.now(), content))
  })
  app.post('/dev/bank/answers', async (c) => {
    const form = await c.req.parseBody()
    const username = typeof form['customer'] === 'string' ? form['customer'] : ''
    const isKnown = (await bank.customers()).includes(username)
    const customer = isKnown ? await bank.customer(username) : null
    if (customer === null) return c.notFound()
    const refused = await orderedByHand(customer, form, bankDate(clock.now()))
    const query = new URLSearchParams({ customer: username, ...(refused === null ? {} : { refused }) })
    return c.redirect(`/dev/bank?${query.toString()}#received`, 303)
  })
  app.post('/dev/bank/host-key', async (c) => {
    await bank.changeHostKey()
    return c.redirect('/dev/bank#host-key', 303)
  })
  app.get('/dev/bank/connection.json', async (c) => {
    const organization = c.req.query('organization') ?? ''
    if (!/^org_[A-Za-z0-9]{1,36}$/.test(organization))
      return c.json({ error: 'Name the organization: ?organization=org_…' }, 422)
    return c.json(sandboxConnection(bank.loginOf(organization), await nameOf(organization)))
  })
}

function customerLinks(names: { username: string; name: string }[], chosen: string | undefined): Html {
  if (names.length < 2) return html``
  const link = ({ username, name }: { username: string; name: string }) =>
    html`<a href="/dev/bank?customer=${username}" ${username === chosen ? html`aria-current="page"` : ''}>${name}</a>`
  return html`<nav class="tabs" aria-label="Organizations">${names.map(link)}</nav>`
}

async function counter(customer: BankCustomer, username: string, refused: string): Promise<Html> {
  const [received, answers] = [await receivedFiles(customer), await answerFiles(customer)]
  return html`<section id="received"><h2>Received</h2>
      ${refused === '' ? '' : html`<p role="alert" class="refusal">${refused}</p>`}
      ${
        received.length === 0
          ? html`<p>The bank has no file yet. Submit one, then reload this page.</p>`
          : html`<ol class="cards">${received.map((file) => receivedFile(file, username))}</ol>`
      }</section>
    <section><h2>Put out</h2>
      ${
        answers.length === 0
          ? html`<p>The bank has said nothing yet.</p>`
          : html`<ol class="cards">${answers.map(answeredFile)}</ol>`
      }</section>`
}

function hostKey(bank: SandboxBank): Html {
  return html`<h2 id="host-key">Host key</h2>
    <p>The bank presents <code>${bank.fingerprint()}</code>.</p>
    <form method="post" action="/dev/bank/host-key"><button>Change it for everybody</button></form>`
}
