import { html } from 'hono/html'
import { type Bill, type Books, billState } from '../books/books.ts'
import type { User } from '../sign-in/users.ts'
import { billStatus, staleNotice } from './bill-parts.ts'
import { formatDate, formatMoney } from './format.ts'
import { type Html, layout } from './layout.ts'

interface BillsPage {
  user: User
  books: Books
  today: string
  isStale: boolean
  problems: string[]
  chosen: string[]
}

export function billsPage(page: BillsPage): Html {
  const { user, books, today, problems } = page
  const sum = (bills: Bill[]) => formatMoney(bills.reduce((total, bill) => total + bill.amountCents, 0))
  const of = (...states: string[]) => books.bills.filter((bill) => states.includes(billState(bill)))
  const soon = of('open').filter((bill) => Date.parse(bill.dueOn) - Date.parse(today) <= 7 * 86_400_000)
  const figures = [
    { name: 'Open', bills: of('open') },
    { name: 'Due within a week', bills: soon },
    { name: 'In payment', bills: of('inPayment', 'check') },
    { name: 'Paid', bills: of('paid') },
  ]
  const content = html`<h1>Bills</h1>
    ${staleNotice(page.isStale)}
    ${
      problems.length === 0
        ? ''
        : html`<div class="notice warn" role="alert">
            <p>Nothing was prepared:</p>
            <ul>
              ${problems.map((problem) => html`<li>${problem}</li>`)}
            </ul>
            <p>Payment details are set up under <a href="/vendors">Vendors</a>.</p>
          </div>`
    }
    <dl class="figures">
      ${figures.map(
        ({ name, bills }) => html`<div class="card">
          <dt>${name}</dt>
          <dd>${sum(bills)}<small>${bills.length} ${bills.length === 1 ? 'bill' : 'bills'}</small></dd>
        </div>`,
      )}
    </dl>
    <form method="get" action="/payments/new" class="card">
      ${billTable(page)}
      ${
        user.preparesPayments
          ? html`<div class="bar">
              <p id="chosen" aria-live="polite">Choose the bills to pay.</p>
              <button class="primary" id="pay">Pay by ACH</button>
            </div>`
          : html`<p class="bar hint">Maya prepares payments; you approve them under <a href="/payments">Payments</a>.</p>`
      }
    </form>
    <script type="module" src="/browser/bills.js"></script>`
  return layout({ title: 'Bills', user, section: 'bills', content, apiUrl: null })
}

function billTable({ user, books, today, chosen }: BillsPage): Html {
  return html`<table class="stacks">
    <caption class="unseen">Bills by due date</caption>
    <thead>
      <tr>
        ${user.preparesPayments ? html`<th scope="col"><span class="unseen">Pay</span></th>` : ''}
        <th scope="col">Vendor</th>
        <th scope="col">Invoice</th>
        <th scope="col">Due</th>
        <th scope="col" class="number">Amount</th>
        <th scope="col">Status</th>
      </tr>
    </thead>
    <tbody>
      ${inOrder(books.bills).map((bill) => {
        const vendor = books.vendors.find((one) => one.id === bill.vendorId)
        const isOpen = billState(bill) === 'open'
        return html`<tr>
          ${user.preparesPayments ? html`<td class="pick">${isOpen ? checkbox(bill, chosen) : ''}</td>` : ''}
          <td><a href="/vendors/${bill.vendorId}"><strong>${vendor?.name ?? ''}</strong></a><small>${bill.description}</small></td>
          <td data-label="Invoice">${bill.number}</td>
          <td data-label="Due" class="${isOpen && bill.dueOn < today ? 'late' : ''}">${formatDate(bill.dueOn)}</td>
          <td data-label="Amount" class="number">${formatMoney(bill.amountCents)}</td>
          <td data-label="Status">${billStatus(bill)}</td>
        </tr>`
      })}
    </tbody>
  </table>`
}

/** What is still to do first, then what is on its way, then what is done. */
function inOrder(bills: Bill[]): Bill[] {
  const rank = { open: 0, check: 1, inPayment: 2, paid: 3 }
  return bills.toSorted((a, b) => rank[billState(a)] - rank[billState(b)] || a.dueOn.localeCompare(b.dueOn))
}

function checkbox(bill: Bill, chosen: string[]): Html {
  return html`<input
    type="checkbox"
    name="bill"
    value="${bill.id}"
    data-cents="${bill.amountCents}"
    aria-label="Pay invoice ${bill.number}"
    ${chosen.includes(bill.id) ? 'checked' : ''}
  />`
}
