import type { FISTWorks, Recipient } from '@fistworks/sdk'
import { type Context, Hono } from 'hono'
import type { BookStore } from '../books/book-store.ts'
import { billState } from '../books/books.ts'
import type { BillSync } from '../payments/bill-sync.ts'
import { prefillFor } from '../payments/prefill.ts'
import type { SignedIn } from '../sign-in/sign-in.ts'
import { paymentWords } from './bill-parts.ts'
import { billsPage } from './bills-page.ts'
import type { Place } from './component-attributes.ts'
import { formatDate } from './format.ts'
import { messagePage, newPaymentPage, paymentPage, paymentsPage } from './payments-pages.ts'
import { vendorPage, vendorsPage } from './vendors-page.ts'

export interface PageContext {
  fist: FISTWorks
  store: BookStore
  sync: BillSync
  apiUrl: string
  now: () => number
  /** Told what went wrong when FISTWorks did not answer. */
  report: (error: unknown) => void
}

const ACH_FILE_PATH = '/payments/:id{ach_[0-9a-z]{26}}'

export function pageRoutes(context: PageContext) {
  const { fist, store, sync, apiUrl } = context
  const today = () => new Date(context.now()).toISOString().slice(0, 10)

  /** Runs what asks FISTWorks; `null` when it did not answer, so that the page can still show the books. */
  async function asked<T>(work: Promise<T>): Promise<T | null> {
    return work.catch((error: unknown) => {
      context.report(error)
      return null
    })
  }
  const synced = async () => (await asked(sync().then(() => true))) === true

  return new Hono<SignedIn>()
    .get('/', (c) => c.redirect('/bills'))
    .get('/bills', async (c) => {
      const isStale = !(await synced())
      return c.html(
        billsPage({ user: c.var.user, books: store.read(), today: today(), isStale, problems: [], chosen: [] }),
      )
    })
    .get('/vendors', async (c) => {
      const [recipients] = await Promise.all([asked(recipientsByVendor(fist)), synced()])
      return c.html(vendorsPage({ user: c.var.user, books: store.read(), recipients, apiUrl, place: placeOf(c) }))
    })
    .get('/vendors/:id', async (c) => {
      const vendor = store.read().vendors.find((one) => one.id === c.req.param('id'))
      if (vendor === undefined) return c.notFound()
      const [recipients] = await Promise.all([asked(recipientsByVendor(fist)), synced()])
      const recipient = recipients === null ? null : recipients.get(vendor.id)
      return c.html(vendorPage({ user: c.var.user, vendor, books: store.read(), recipient, apiUrl }))
    })
    .get('/payments', (c) => c.html(paymentsPage({ user: c.var.user, apiUrl, place: placeOf(c) })))
    .get('/payments/new', async (c) => {
      const user = c.var.user
      if (!user.preparesPayments) return c.html(messagePage(user, 'Not yours to do', 'Maya prepares payments.'), 403)
      const chosen = c.req.queries('bill') ?? []
      const payment = { billIds: chosen, name: `Bills of ${formatDate(today())}` }
      const prepared = (await synced()) ? await asked(prefillFor(fist, store.read(), payment)) : null
      const result = prepared ?? { prefill: null, problems: ['The payment service did not answer. Try again.'] }
      if (result.prefill !== null)
        return c.html(newPaymentPage({ user, apiUrl, books: store.read(), prefill: result.prefill }))
      const { problems } = result
      return c.html(billsPage({ user, books: store.read(), today: today(), isStale: false, problems, chosen }), 422)
    })
    .get(ACH_FILE_PATH, async (c) => {
      const isStale = !(await synced())
      const achFileId = c.req.param('id')
      return c.html(paymentPage({ user: c.var.user, apiUrl, achFileId, books: store.read(), isStale }))
    })
    .get('/bill-states', async (c) => {
      if (!(await synced())) return c.json({ message: 'The payment service did not answer.' }, 502)
      const wanted = c.req.queries('bill') ?? []
      const bills = store.read().bills.filter((bill) => wanted.includes(bill.id))
      c.header('Cache-Control', 'no-store')
      return c.json(bills.map((bill) => ({ id: bill.id, state: billState(bill), words: paymentWords(bill) })))
    })
}

const placeOf = (c: Context): Place => (c.req.query('place') === 'frame' ? 'frame' : 'page')

async function recipientsByVendor(fist: FISTWorks): Promise<Map<string, Recipient>> {
  const byVendor = new Map<string, Recipient>()
  for await (const recipient of fist.recipients.list({ limit: 200 })) {
    if (recipient.externalId !== null) byVendor.set(recipient.externalId, recipient)
  }
  return byVendor
}
