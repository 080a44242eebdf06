import type { Scope } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, nothing } from 'lit'

/** What has to be there before a payment can be made. */
export interface FirstSteps {
  hasConnection: boolean
  hasAccount: boolean
  hasRecipient: boolean
}

const isInUse = ({ archivedAt }: { archivedAt: string | null }) => archivedAt === null

export async function readFirstSteps(client: FISTWorks): Promise<FirstSteps> {
  const [connections, accounts, recipients] = await Promise.all([
    client.bankConnections.list({ limit: 200 }),
    client.bankAccounts.list({ limit: 200 }),
    client.recipients.list({ limit: 1 }),
  ])
  return {
    hasConnection: connections.data.some(isInUse),
    hasAccount: accounts.data.some(isInUse),
    hasRecipient: recipients.data.length > 0,
  }
}

interface Step {
  isDone: boolean
  path: string
  name: string
  why: string
  scope: Scope
}

function stepsOf({ hasConnection, hasAccount, hasRecipient }: FirstSteps): Step[] {
  return [
    {
      isDone: hasConnection,
      path: '/bank-connections/new',
      name: 'Connect your bank',
      why: 'The SFTP address and login from your bank’s letter.',
      scope: 'bank-connections:write',
    },
    {
      isDone: hasAccount,
      path: '/bank-accounts/new',
      name: 'Add the account you pay from',
      why: 'Its routing and account number, and your company as the bank knows it.',
      scope: 'bank-accounts:write',
    },
    {
      isDone: hasRecipient,
      path: '/recipients',
      name: 'Add who you pay',
      why: 'Each recipient once; the number is masked from then on.',
      scope: 'recipients:write',
    },
  ]
}

/** The way to the first payment, as long as something on it is missing. */
export function firstSteps(known: FirstSteps, scopes: readonly Scope[]) {
  const steps = stepsOf(known)
  const next = steps.find((step) => !step.isDone)
  if (next === undefined) return nothing
  return html`<section class="card stack" aria-labelledby="first-steps">
    <h2 id="first-steps">Before the first payment</h2>
    <ol class="stack">
      ${steps.map(
        (step, index) => html`<li>
          <strong>${index + 1}. ${step.name}</strong>
          <small>${step.isDone ? 'Done' : step.why}</small>
        </li>`,
      )}
    </ol>
    ${
      scopes.includes(next.scope)
        ? html`<p><a class="button primary" href=${next.path}>${next.name}</a></p>`
        : html`<p class="muted">Somebody with the right role has to do the next step.</p>`
    }
  </section>`
}
