import { type AddendaContext, addendaLayoutAt } from './addenda-kind.ts'
import type { AddendaRecord } from './layouts.ts'
import { readRecord } from './read-field.ts'

/** The addenda record at `at` with its fields by name; null for a type that Nacha does not define. */
export function addendaRecordAt(bytes: Uint8Array, at: number, context: AddendaContext): AddendaRecord | null {
  const layout = addendaLayoutAt(bytes, at, context)
  return layout && ({ layout: layout.name, ...readRecord(bytes, at, layout) } as AddendaRecord)
}
