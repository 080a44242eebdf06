import { isRetiredChangeCode } from '../../change-code-kind.ts'
import { CORRECTED_DATA, type CorrectionCode, isCorrectionCode } from '../../corrected-data-layout.ts'
import { readCorrectedValues } from '../../corrected-data-values.ts'
import { addenda98, addenda98Iat, addenda98Refused } from '../../records/addenda-98.ts'
import type { BatchFacts, EntryFacts } from '../batch-facts.ts'
import type { Checker } from '../checker.ts'

const { changeCode, originalTraceNumber } = addenda98.field

function checkOriginalTrace(checker: Checker, index: number): void {
  // Letters there are already no digits.
  if (checker.isBlankOrZero(index, originalTraceNumber)) {
    checker.fault('addenda98.original_trace', index, originalTraceNumber)
  }
}

/** C04 cannot correct a name any more, and C10 to C12 are gone. */
const isWithdrawn = (code: string) => code === 'C04' || isRetiredChangeCode(code)

function dataProblem(code: CorrectionCode, data: string, isIat: boolean): string | null {
  const places = CORRECTED_DATA[code][isIat ? 'iat' : 'domestic']
  if (!places) return `${code} is for IAT only`
  const reading = readCorrectedValues(data, places)
  return reading.ok ? null : reading.message
}

export function checkNotification(checker: Checker, index: number, _: EntryFacts, { isIat }: BatchFacts): void {
  const code = checker.text(index, changeCode)
  const field = isIat ? addenda98Iat.field.correctedData : addenda98.field.correctedData
  const data = checker.text(index, field)
  checkOriginalTrace(checker, index)
  if (isWithdrawn(code)) {
    checker.fault('addenda98.withdrawn_code', index, changeCode, `${code} is not used any more`)
  } else if (!isCorrectionCode(code)) {
    checker.fault('addenda98.change_code', index, changeCode, 'Expected C01 to C09, C13 or C14')
    return
  } else if (data !== '') {
    const problem = dataProblem(code, data, isIat)
    if (problem !== null) checker.fault('addenda98.corrected_data.format', index, field, problem)
  }
  if (data === '') {
    checker.fault('addenda98.corrected_data.required', index, field)
  }
}

export function checkRefusal(checker: Checker, index: number, _: EntryFacts, { isIat }: BatchFacts): void {
  const { field } = addenda98Refused
  if (isIat) checker.fault('addenda99.iat', index, field.refusedChangeCode, 'IAT knows no refused notifications')
  checkOriginalTrace(checker, index)
  const code = checker.text(index, field.changeCode)
  if (!isCorrectionCode(code) && !isRetiredChangeCode(code)) {
    const message = 'Expected a change code'
    checker.fault('addenda98.refused.code', index, field.changeCode, message)
  }
  if (checker.isBlank(index, field.correctedData)) {
    checker.fault('addenda98.corrected_data.required', index, field.correctedData)
  }
  if (/^0*$/.test(checker.text(index, field.traceSequenceNumber))) {
    const message = 'Expected the last 7 digits of its trace number'
    checker.fault('addenda98.refused.trace_sequence', index, field.traceSequenceNumber, message)
  }
}
