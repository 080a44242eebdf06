/** What the samples of all SEC codes share. */
export const common = { routingNumber: '231380104', accountNumber: '12345678', amountCents: 12_500 }
export const company = {
  companyName: 'ACME TOOLS',
  companyIdentification: '1234567890',
  companyEntryDescription: 'PAYMENT',
  effectiveEntryDate: '2026-11-23',
  odfiIdentification: '091000019',
}

/** The entry that returns and notifications of change are about. */
export const original = { originalTraceNumber: '091000010000001', originalRdfiIdentification: '23138010' }

/** Back to the bank that sent the entry, from the one that returns it. */
export const back = { ...company, odfiIdentification: '231380104', effectiveEntryDate: '2026-11-25' }
export const toOdfi = { ...common, routingNumber: '091000019' }
