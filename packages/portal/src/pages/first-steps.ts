import type { FISTWorks } from '@fistworks/sdk'
import { html, nothing } from 'lit'

/** What has to be there before a payment can be made. */
export interface FirstSteps {
  hasConnection: boolean
  hasAccount: boolean
  hasRecipient: boolean
}

export async function readFirstSteps(client: FISTWorks): Promise<FirstSteps> {
  const [connections, accounts, recipients] = await Promise.all([
    client.bankConnections.list({ limit: 1 }),
    client.bankAccounts.list({ limit: 1 }),
    client.recipients.list({ limit: 1 }),
  ])
  return {
    hasConnection: connections.data.length > 0,
    hasAccount: accounts.data.length > 0,
    hasRecipient: recipients.data.length > 0,
  }
}

/** The way to the first payment, as long as something on it is missing. */
export function firstSteps({ hasConnection, hasAccount, hasRecipient }: FirstSteps) {
  const steps = [
    {
      isDone: hasConnection,
      path: '/bank-connections/new',
      name: 'Connect your bank',
      why: 'The SFTP address and login from your bank’s letter.',
    },
    {
      isDone: hasAccount,
      path: '/bank-accounts/new',
      name: 'Add the account you pay from',
      why: 'Its routing and account number, and your company as the bank knows it.',
    },
    {
      isDone: hasRecipient,
      path: '/recipients',
      name: 'Add who you pay',
      why: 'Each recipient once; the number is masked from then on.',
    },
  ]
  const next = steps.find((step) => !step.isDone)
  if (next === undefined) return nothing
  return html`<section class="card stack" aria-labelledby="first-steps">
    <h2 id="first-steps">Before the first payment</h2>
    <ol class="stack">
      ${steps.map(
        (step) => html`<li>
          <strong>${step.isDone ? html`<span aria-hidden="true">✓ </span>` : nothing}${step.name}</strong>
          ${step.isDone ? html`<small>Done</small>` : html`<small>${step.why}</small>`}
        </li>`,
      )}
    </ol>
    <p><a class="button primary" href=${next.path}>${next.name}</a></p>
  </section>`
}
