import type { FISTWorks } from '@fistworks/sdk'
import type { Books } from '../books/books.ts'

/**
 * Says that this recipient is that vendor of ours, by giving it the vendor's id as its `externalId`.
 * @returns why not, in words, or `null` when it is done
 */
export async function linkRecipient(
  fist: FISTWorks,
  books: Books,
  { vendorId, recipientId }: { vendorId: string; recipientId: string },
): Promise<string | null> {
  if (!books.vendors.some((vendor) => vendor.id === vendorId)) return 'There is no such vendor.'
  if (!/^rcp_[0-9a-z]{26}$/.test(recipientId)) return 'That is not a recipient.'
  for await (const linked of fist.recipients.list({ externalId: vendorId })) {
    return linked.id === recipientId ? null : 'This vendor has payment details already.'
  }
  const recipient = await fist.recipients.retrieve(recipientId)
  if (recipient.externalId !== null) return 'These payment details belong to somebody else.'
  await fist.recipients.update(recipientId, { externalId: vendorId })
  return null
}
