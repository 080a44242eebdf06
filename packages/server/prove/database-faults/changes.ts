import { SEEDED } from '../../src/testing/payments.ts'
import { type Company, fresh } from './company.ts'

/** Bodies of requests, and what has to be there before some of them. */
export const CONNECTION = {
  name: 'Bank',
  host: '127.0.0.1',
  port: 22,
  username: 'bakery',
  authentication: { method: 'password', password: 'secret words' },
  hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`],
  uploadDirectory: '/in',
  immediateDestination: '121042882',
  immediateOrigin: '1234567890',
}

export const recipientBody = () => ({
  name: 'Acme Supply',
  holderType: 'business',
  routingNumber: SEEDED.routingNumber,
  accountNumber: `${SEEDED.accountNumber}${fresh('').padStart(6, '0')}`,
  accountType: 'checking',
})

export const accountBody = (bankConnectionId: string) => ({
  name: 'Operating',
  bankConnectionId,
  routingNumber: '121042882',
  accountNumber: '70004455667788',
  accountType: 'checking',
  companyName: 'Payer Inc',
  companyId: '1234567890',
})

export const draftBody = (bankAccountId: string, recipientId: string) => ({
  name: fresh('Friday '),
  batches: [
    {
      bankAccountId,
      secCode: 'CCD',
      companyEntryDescription: 'VENDORPAY',
      effectiveDate: '2026-11-25',
      entries: [{ recipientId, amountCents: 12_345 }],
    },
  ],
})

export const connection = (company: Company) => company.made('/v1/bank-connections', CONNECTION)

export async function bodyOfDraft(company: Company) {
  const account = await company.made('/v1/bank-accounts', accountBody((await connection(company)).id))
  return draftBody(account.id, (await company.made('/v1/recipients', recipientBody())).id)
}

export const draft = async (company: Company) => company.made('/v1/ach-files', await bodyOfDraft(company))

/** A draft that waits for somebody to approve it. */
export async function waiting(company: Company) {
  const { id, version } = await draft(company)
  return company.made(`/v1/ach-files/${id}/request-approval`, { version })
}
