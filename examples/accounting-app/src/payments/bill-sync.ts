import type { AchFile, AchFileSummary, FISTWorks } from '@fistworks/sdk'
import type { BookStore } from '../books/book-store.ts'
import type { Bill, BillPayment } from '../books/books.ts'

/** Brings the bills up to date; calls that come together share one run. */
export type BillSync = () => Promise<void>

/**
 * Asks FISTWorks about the files that pay our bills. The browser is not asked: a bill is paid when an acknowledged file
 * carries its id, to its own vendor's recipient, over its exact amount, and no other file carries it too.
 */
export function createBillSync(fist: FISTWorks, store: BookStore): BillSync {
  const files = new Map<string, AchFile>()
  let running: Promise<void> | null = null

  /** Entries change only with the version, so each version is read once. */
  async function entriesOf(summary: AchFileSummary) {
    const known = files.get(summary.id)
    const file = known?.version === summary.version ? known : await fist.achFiles.retrieve(summary.id)
    files.set(summary.id, file)
    return file.batches.flatMap((batch) => batch.entries)
  }

  async function sync(): Promise<void> {
    const vendorOf = await vendorsByRecipient(fist)
    const bills = new Map(store.read().bills.map((bill) => [bill.id, bill]))
    const payments = new Map<string, BillPayment>()
    for await (const summary of fist.achFiles.list()) {
      if (summary.status === 'canceled') continue
      for (const entry of await entriesOf(summary)) {
        const bill = bills.get(entry.externalId ?? '')
        if (bill === undefined) continue
        const exact = entry.amountCents === bill.amountCents && entry.direction === 'credit'
        const rightVendor = vendorOf.get(entry.recipientId) === bill.vendorId
        const status = exact && rightVendor ? summary.status : 'mismatch'
        payments.set(bill.id, { achFileId: summary.id, status: payments.has(bill.id) ? 'duplicate' : status })
      }
    }
    if (!store.read().bills.some((bill) => changed(bill, payments))) return
    await store.update((books) => {
      for (const bill of books.bills) bill.payment = payments.get(bill.id) ?? null
    })
  }

  return () => {
    running ??= sync().finally(() => {
      running = null
    })
    return running
  }
}

/** Archived recipients count too: what was paid to them stays paid. */
async function vendorsByRecipient(fist: FISTWorks): Promise<Map<string, string>> {
  const vendors = new Map<string, string>()
  for (const archived of [false, true]) {
    for await (const recipient of fist.recipients.list({ limit: 200, archived })) {
      if (recipient.externalId !== null) vendors.set(recipient.id, recipient.externalId)
    }
  }
  return vendors
}

function changed(bill: Bill, payments: Map<string, BillPayment>): boolean {
  const payment = payments.get(bill.id)
  return bill.payment?.achFileId !== payment?.achFileId || bill.payment?.status !== payment?.status
}
