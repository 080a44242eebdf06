import type { AccountType, Direction, HolderType, Id } from '@fistworks/contract'

/** A stored entry with whom it pays, as it comes from the database in one JSON text; `addenda` is JSON in itself. */
export type PartRow = [
  position: number,
  recipientId: Id<'rcp'>,
  amountCents: number,
  direction: Direction,
  addenda: string,
  externalId: string | null,
  reversesEntry: Id<'ent'> | null,
  payeeId: Id<'rcp'> | null,
  name: string,
  holderType: HolderType,
  accountType: AccountType,
  accountIndex: string,
  archivedAt: string | null,
]

/** What the vault keeps of the same recipient: sealed, in hexadecimal. */
export type SealedRow = [position: number, routingNumber: string, accountNumber: string, identification: string | null]

const NONE: string[] = []

export function addendaOf(text: string): string[] {
  return text === '[]' ? NONE : JSON.parse(text)
}

/** In the order of the file, which the database does not promise. */
export function rowsIn<Row extends readonly [position: number, ...unknown[]]>(text: string): Row[] {
  return (JSON.parse(text) as Row[]).sort(([a], [b]) => a - b)
}
