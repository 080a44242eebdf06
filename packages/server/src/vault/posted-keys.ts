import type { Secret } from '../secret.ts'
import { textIn } from './bytes.ts'
import { type CellAddress, type FieldKey, openEnvelope, refusalOf, sealEnvelope } from './envelope.ts'

/** Keys of some columns of one table of an organization, of every version. They open nothing else. */
export interface OpeningKeys {
  organizationId: string
  table: string
  columns: ReadonlyMap<string, readonly FieldKey[]>
}

/** The key that seals one place, counted already. */
export interface SealingKey {
  organizationId: string
  at: CellAddress
  field: FieldKey
}

/**
 * @throws EnvelopeRefused when the envelope was not sealed for this very place, or these keys are not for it;
 * SealedWithNewerKey when they are too old for it
 */
export function openTextWith(keys: OpeningKeys, column: string, row: string, envelope: Uint8Array): Secret {
  const { organizationId, table, columns } = keys
  const keyOf = (version: number): FieldKey => {
    const ofColumn = columns.get(column) ?? []
    const key = ofColumn.find((one) => one.version === version)
    if (key !== undefined) return key
    throw refusalOf(version, Math.max(...ofColumn.map((one) => one.version)))
  }
  return textIn(openEnvelope(keyOf, organizationId, { table, column, row }, envelope))
}

export function sealWith({ organizationId, at, field }: SealingKey, clear: Uint8Array): Uint8Array {
  return sealEnvelope(field, organizationId, at, clear)
}
