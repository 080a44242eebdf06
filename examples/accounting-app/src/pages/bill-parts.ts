import { html } from 'hono/html'
import { type Bill, billState } from '../books/books.ts'
import type { Html } from './layout.ts'

const WORDS: Record<string, string> = {
  draft: 'Being prepared',
  pendingApproval: 'Waiting for approval',
  rejected: 'Rejected',
  approved: 'Approved',
  submitted: 'Being sent',
  delivered: 'At the bank',
  acknowledged: 'Paid',
  needsAttention: 'Ask the bank',
  failed: 'Not delivered',
  mismatch: 'Payment differs from bill',
  duplicate: 'In two payments',
}

/** How the payment of a bill stands, in words. */
export function paymentWords(bill: Bill): string {
  return bill.payment === null ? 'Open' : (WORDS[bill.payment.status] ?? bill.payment.status)
}

export function billStatus(bill: Bill): Html {
  const badge = html`<span class="badge ${billState(bill)}" data-bill="${bill.id}">${paymentWords(bill)}</span>`
  return bill.payment === null ? badge : html`<a href="/payments/${bill.payment.achFileId}">${badge}</a>`
}

/** Shown when the state of payments could not be asked for. */
export function staleNotice(isStale: boolean): Html | string {
  return isStale
    ? html`<p class="notice warn" role="status">
        The payment service did not answer, so payments are shown as they were when it last did.
      </p>`
    : ''
}
