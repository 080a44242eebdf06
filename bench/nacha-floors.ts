import type { FileInput } from '@fistworks/nacha'

const RECORD = 94

/** The least that reading can cost: every amount added up from the bytes, nothing checked. */
export function scan(bytes: Uint8Array): number {
  let cents = 0
  for (let at = 0; at < bytes.length; at += RECORD + 1) {
    if (bytes[at] !== 0x36) continue
    let amount = 0
    for (let place = at + 29; place < at + 39; place++) amount = amount * 10 + (bytes[place] ?? 0) - 0x30
    cents += amount
  }
  return cents
}

/** The least that writing can cost: the texts of every entry put into one buffer, nothing checked or summed. */
export function writeRaw(input: FileInput): Uint8Array {
  const entries = input.batches.flatMap((batch) => batch.entries)
  const bytes = new Uint8Array(entries.length * (RECORD + 1)).fill(0x20)
  let at = 0
  const put = (from: number, text: string) => {
    for (let index = 0; index < text.length; index++) bytes[at + from + index] = text.charCodeAt(index)
  }
  for (const [index, entry] of entries.entries()) {
    put(0, `6${entry.transactionCode}`)
    put(3, entry.routingNumber)
    put(12, entry.accountNumber)
    put(29, String(entry.amountCents).padStart(10, '0'))
    put(39, entry.individualIdentification ?? '')
    put(54, entry.individualName)
    put(79, `09100001${String(index).padStart(7, '0')}`)
    bytes[at + RECORD] = 0x0a
    at += RECORD + 1
  }
  return bytes
}
