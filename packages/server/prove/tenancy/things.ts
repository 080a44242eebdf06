import type { Ids } from './world.ts'

export const connectionOf = (word: string) => ({
  name: `${word} bank`,
  host: '127.0.0.1',
  port: 22,
  username: `${word}-user`,
  authentication: { method: 'password', password: `${word} password` },
  hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`],
  uploadDirectory: `/${word}`,
  immediateDestination: '121042882',
  immediateOrigin: '1234567890',
})

export const accountOf = (word: string, ids: Ids) => ({
  name: `${word} account`,
  bankConnectionId: ids.bankConnection,
  routingNumber: '121042882',
  accountNumber: '70004455667788',
  accountType: 'checking',
  companyName: `${word} INC`,
  companyId: '1234567890',
})

export const recipientOf = (word: string, accountNumber: string) => ({
  name: `${word} vendor`,
  holderType: 'business',
  routingNumber: '091000019',
  accountNumber: `88001${accountNumber}`,
  accountType: 'checking',
  externalId: `${word}-${accountNumber}`,
})

export const templateOf = (word: string, ids: Ids) => ({
  name: `${word} template`,
  batches: [
    {
      bankAccountId: ids.bankAccount,
      secCode: 'CCD',
      companyEntryDescription: 'RENT',
      entries: [{ recipientId: ids.recipient, amountCents: 4_321 }],
    },
  ],
})

export const scheduleOf = (word: string, ids: Ids) => ({
  name: `${word} schedule`,
  templateId: ids.template,
  rule: { frequency: 'monthly', day: 15 },
  startsOn: '2027-01-01',
})

export const fileOf = (word: string, ids: Ids) => ({
  name: `${word} file`,
  batches: [
    {
      bankAccountId: ids.bankAccount,
      secCode: 'CCD',
      companyEntryDescription: 'VENDORPAY',
      effectiveDate: '2026-11-25',
      entries: [{ recipientId: ids.recipient, amountCents: 12_345 }],
    },
  ],
})

export const endpointOf = (word: string) => ({
  url: `https://${word.toLowerCase()}.example/webhooks`,
  description: `${word} books`,
})
