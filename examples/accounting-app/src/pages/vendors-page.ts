import type { Recipient } from '@fistworks/sdk'
import { html } from 'hono/html'
import { type Books, billState, type Vendor } from '../books/books.ts'
import type { User } from '../sign-in/users.ts'
import { billStatus, staleNotice } from './bill-parts.ts'
import { componentAttributes, type Place, placeSwitch } from './component-attributes.ts'
import { formatDate, formatMoney } from './format.ts'
import { type Html, layout } from './layout.ts'

interface VendorsPage {
  user: User
  books: Books
  /** By vendor id; `null` when FISTWorks could not be asked. */
  recipients: Map<string, Recipient> | null
  apiUrl: string
  place: Place
}

export function vendorsPage({ user, books, recipients, apiUrl, place }: VendorsPage): Html {
  const attributes = componentAttributes(apiUrl, user, 'recipients')
  const content = html`<h1>Vendors</h1>
    ${staleNotice(recipients === null)}
    <section class="card" aria-label="Vendors">
      <table class="stacks">
        <thead>
          <tr>
            <th scope="col">Vendor</th>
            <th scope="col">Trade</th>
            <th scope="col" class="number">Open bills</th>
            <th scope="col">Paid to</th>
          </tr>
        </thead>
        <tbody>
          ${books.vendors.map((vendor) => vendorRow(vendor, books, recipients, user))}
        </tbody>
      </table>
    </section>
    <section aria-labelledby="recipients">
      <h2 id="recipients">Everyone we can pay</h2>
      <p class="hint">Bank details are kept by FISTWorks. Nobody here, and no server of ours, ever sees a full number.</p>
      ${
        place === 'frame'
          ? html`<fist-frame component="recipients" ${attributes}></fist-frame>`
          : html`<fist-recipients ${attributes}></fist-recipients>`
      }
      ${placeSwitch(place)}
    </section>`
  return layout({ title: 'Vendors', user, section: 'vendors', content, apiUrl })
}

function vendorRow(vendor: Vendor, books: Books, recipients: VendorsPage['recipients'], user: User): Html {
  const open = books.bills.filter((bill) => bill.vendorId === vendor.id && billState(bill) === 'open')
  const total = open.reduce((sum, bill) => sum + bill.amountCents, 0)
  return html`<tr>
    <td><a href="/vendors/${vendor.id}"><strong>${vendor.name}</strong></a><small>${vendor.email}</small></td>
    <td data-label="Trade"><span>${vendor.trade}<small>${vendor.kind === 'person' ? 'Person' : 'Company'}</small></span></td>
    <td data-label="Open bills" class="number"><span>${formatMoney(total)}<small>${open.length} open</small></span></td>
    <td data-label="Paid to"><span>${payTo(vendor, recipients, user)}</span></td>
  </tr>`
}

function payTo(vendor: Vendor, recipients: VendorsPage['recipients'], user: User): Html | string {
  if (recipients === null) return 'Not known right now'
  const recipient = recipients.get(vendor.id)
  if (recipient !== undefined) {
    return html`<span class="masked">••••${recipient.accountNumberLast4}</span><small>${recipient.accountType}</small>`
  }
  if (!user.preparesPayments) return html`<span class="badge check">No payment details</span>`
  return html`<a class="button" href="/vendors/${vendor.id}">Set up payment details</a>`
}

interface VendorPage {
  user: User
  vendor: Vendor
  books: Books
  /** `undefined` when there is none yet, `null` when FISTWorks could not be asked. */
  recipient: Recipient | undefined | null
  apiUrl: string
}

export function vendorPage({ user, vendor, books, recipient, apiUrl }: VendorPage): Html {
  const bills = books.bills.filter((bill) => bill.vendorId === vendor.id)
  const content = html`<p class="crumb"><a href="/vendors">Vendors</a></p>
    <h1>${vendor.name}</h1>
    <p class="hint">${vendor.trade} · ${vendor.kind === 'person' ? 'Person' : 'Company'} · ${vendor.email}</p>
    ${staleNotice(recipient === null)}
    <div class="columns">
      <section aria-labelledby="details">
        <h2 id="details">Payment details</h2>
        ${recipient === null ? '' : paymentDetails(user, vendor, recipient, apiUrl)}
      </section>
      <section class="card" aria-labelledby="bills">
        <h2 id="bills">Bills</h2>
        <ul class="lines">
          ${bills.map(
            (bill) => html`<li>
              <span><strong>${bill.number}</strong><small>${bill.description}, due ${formatDate(bill.dueOn)}</small></span>
              <span class="number">${formatMoney(bill.amountCents)}<small>${billStatus(bill)}</small></span>
            </li>`,
          )}
        </ul>
      </section>
    </div>`
  return layout({ title: vendor.name, user, section: 'vendors', content, apiUrl })
}

function paymentDetails(user: User, vendor: Vendor, recipient: Recipient | undefined, apiUrl: string): Html {
  const masked =
    recipient === undefined
      ? html`<p class="hint">None yet, so bills of ${vendor.name} cannot be paid by ACH.</p>`
      : html`<p>Paid to the ${recipient.accountType} account <span class="masked">••••${recipient.accountNumberLast4}</span>.</p>`
  if (!user.preparesPayments) return masked
  return html`${masked}
    <fist-recipient-form
      ${componentAttributes(apiUrl, user, 'recipients')}
      recipient-name="${vendor.name}"
      holder-type="${vendor.kind === 'person' ? 'individual' : 'business'}"
      external-id="${vendor.id}"
      ${recipient === undefined ? '' : html`recipient-id="${recipient.id}"`}
    ></fist-recipient-form>`
}
