/** Someone this company owes money to. Bank details are not here: they live with FISTWorks. */
export interface Vendor {
  id: string
  name: string
  kind: 'person' | 'company'
  trade: string
  email: string
}

/** How far the payment of a bill has come, as FISTWorks last told this server. */
export interface BillPayment {
  achFileId: string
  status: string
}

export interface Bill {
  id: string
  vendorId: string
  /** The vendor's own number on the invoice. */
  number: string
  description: string
  billedOn: string
  dueOn: string
  amountCents: number
  payment: BillPayment | null
}

export interface Books {
  vendors: Vendor[]
  bills: Bill[]
}

export type BillState = 'open' | 'inPayment' | 'check' | 'paid'

/** `paid` only when the bank acknowledged the file; `check` when a person should look. */
export function billState(bill: Bill): BillState {
  if (bill.payment === null) return 'open'
  if (bill.payment.status === 'acknowledged') return 'paid'
  return ['mismatch', 'duplicate', 'failed', 'needsAttention', 'rejected'].includes(bill.payment.status)
    ? 'check'
    : 'inPayment'
}
