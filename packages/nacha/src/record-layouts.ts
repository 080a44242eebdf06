import type { RecordLayout } from './field.ts'
import { ADDENDA_LAYOUTS, ENTRY_LAYOUTS } from './layouts.ts'
import { batchControl } from './records/batch-control.ts'
import { batchControlAdv } from './records/batch-control-adv.ts'
import { batchHeader } from './records/batch-header.ts'
import { batchHeaderIat } from './records/batch-header-iat.ts'
import { fileControl } from './records/file-control.ts'
import { fileControlAdv } from './records/file-control-adv.ts'
import { fileHeader } from './records/file-header.ts'

/** Every table, in the order of a file. */
export const RECORD_LAYOUTS: readonly RecordLayout[] = /* @__PURE__ */ [
  fileHeader,
  batchHeader,
  batchHeaderIat,
  Object.values(ENTRY_LAYOUTS),
  Object.values(ADDENDA_LAYOUTS),
  batchControl,
  batchControlAdv,
  fileControl,
  fileControlAdv,
].flat()
