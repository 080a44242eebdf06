import { html } from 'hono/html'
import type { Bill, Books } from '../books/books.ts'
import type { Prefill } from '../payments/prefill.ts'
import type { User } from '../sign-in/users.ts'
import { billStatus, staleNotice } from './bill-parts.ts'
import { componentAttributes, type Place, placeSwitch } from './component-attributes.ts'
import { formatMoney } from './format.ts'
import { type Html, layout } from './layout.ts'

interface PaymentsPage {
  user: User
  apiUrl: string
}

export function paymentsPage({ user, apiUrl, place }: PaymentsPage & { place: Place }): Html {
  const attributes = componentAttributes(apiUrl, user, 'achFiles')
  const content = html`<h1>Payments</h1>
    ${
      place === 'frame'
        ? html`<fist-frame component="ach-files" ${attributes}></fist-frame>`
        : html`<fist-ach-files ${attributes}></fist-ach-files>`
    }
    ${placeSwitch(place)}`
  return layout({ title: 'Payments', user, section: 'payments', content, apiUrl })
}

interface NewPaymentPage extends PaymentsPage {
  books: Books
  prefill: Prefill
}

export function newPaymentPage({ user, apiUrl, books, prefill }: NewPaymentPage): Html {
  const chosen = prefill.batches.flatMap((batch) => batch.entries.map((entry) => entry.externalId))
  const content = html`<p class="crumb"><a href="/bills">Bills</a></p>
    <h1>New payment</h1>
    <fist-ach-file ${componentAttributes(apiUrl, user, 'achFiles')} data-prefill="${JSON.stringify(prefill)}"></fist-ach-file>
    ${billsOfPayment(
      books.bills.filter((bill) => chosen.includes(bill.id)),
      books,
    )}`
  return layout({ title: 'New payment', user, section: 'payments', content, apiUrl })
}

interface PaymentPage extends PaymentsPage {
  achFileId: string
  books: Books
  isStale: boolean
}

export function paymentPage({ user, apiUrl, achFileId, books, isStale }: PaymentPage): Html {
  const content = html`<p class="crumb"><a href="/payments">Payments</a></p>
    <h1>Payment</h1>
    ${staleNotice(isStale)}
    <fist-ach-file ${componentAttributes(apiUrl, user, 'achFiles')} file-id="${achFileId}"></fist-ach-file>
    ${billsOfPayment(
      books.bills.filter((bill) => bill.payment?.achFileId === achFileId),
      books,
    )}`
  return layout({ title: 'Payment', user, section: 'payments', content, apiUrl })
}

function billsOfPayment(bills: Bill[], books: Books): Html | string {
  if (bills.length === 0) return ''
  return html`<section class="card" aria-labelledby="bills">
    <h2 id="bills">Bills in this payment</h2>
    <ul class="lines">
      ${bills.map((bill) => {
        const vendor = books.vendors.find((one) => one.id === bill.vendorId)
        return html`<li>
          <span><strong>${bill.number}</strong><small>${vendor?.name ?? ''}, ${bill.description}</small></span>
          <span class="number">${formatMoney(bill.amountCents)}<small>${billStatus(bill)}</small></span>
        </li>`
      })}
    </ul>
  </section>`
}

export function messagePage(user: User | null, title: string, message: string): Html {
  const content = html`<section class="card message"><h1>${title}</h1><p>${message}</p><p><a href="/bills">Back to the bills</a></p></section>`
  return layout({ title, user, section: null, content, apiUrl: null })
}
