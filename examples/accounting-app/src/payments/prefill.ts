import type { FISTWorks } from '@fistworks/sdk'
import { type Bill, type Books, billState, type Vendor } from '../books/books.ts'

interface PrefillEntry {
  recipientId: string
  amountCents: number
  direction: 'credit'
  addenda: string[]
  /** Our bill's id: how the payment finds its way back into the books. */
  externalId: string
}

interface PrefillBatch {
  secCode: 'PPD' | 'CCD'
  companyEntryDescription: string
  entries: PrefillEntry[]
}

/** What `fist-ach-file` starts a draft with. It adds the account and the next banking day; the person may change all of it. */
export interface Prefill {
  name: string
  batches: PrefillBatch[]
}

export type PrefillResult = { prefill: Prefill; problems: null } | { prefill: null; problems: string[] }

/** Builds a payment of these bills: people go into a PPD batch, companies into a CCD batch with the invoice number. */
export async function prefillFor(
  fist: FISTWorks,
  books: Books,
  { billIds, name }: { billIds: string[]; name: string },
): Promise<PrefillResult> {
  const chosen = [...new Set(billIds)].map((id) => books.bills.find((bill) => bill.id === id))
  const bills = chosen.filter((bill) => bill !== undefined)
  const problems = bills.length === 0 ? ['Choose at least one bill.'] : []
  if (bills.length < chosen.length) problems.push('One of these bills is no longer in the books.')

  const people: PrefillEntry[] = []
  const companies: PrefillEntry[] = []
  for (const bill of bills) {
    const vendor = books.vendors.find((one) => one.id === bill.vendorId)
    if (vendor === undefined) throw new Error(`bill ${bill.id} names no vendor`)
    if (billState(bill) !== 'open') {
      problems.push(`${bill.number} of ${vendor.name} is in a payment already.`)
      continue
    }
    const recipientId = await recipientOf(fist, vendor)
    if (recipientId === null) problems.push(`${vendor.name} has no payment details yet.`)
    else if (vendor.kind === 'person') people.push({ ...entryFor(bill, recipientId), addenda: [] })
    else companies.push(entryFor(bill, recipientId))
  }
  if (problems.length > 0) return { prefill: null, problems: [...new Set(problems)] }

  const batches: PrefillBatch[] = []
  if (people.length > 0) {
    batches.push({ secCode: 'PPD', companyEntryDescription: 'PAYMENT', entries: people })
  }
  if (companies.length > 0) {
    batches.push({ secCode: 'CCD', companyEntryDescription: 'VENDOR PMT', entries: companies })
  }
  return { prefill: { name, batches }, problems: null }
}

/** A vendor's recipient carries the vendor's id as its `externalId`. */
async function recipientOf(fist: FISTWorks, vendor: Vendor): Promise<string | null> {
  for await (const recipient of fist.recipients.list({ externalId: vendor.id })) return recipient.id
  return null
}

function entryFor(bill: Bill, recipientId: string): PrefillEntry {
  return {
    recipientId,
    amountCents: bill.amountCents,
    direction: 'credit',
    addenda: [`Invoice ${bill.number}`],
    externalId: bill.id,
  }
}
