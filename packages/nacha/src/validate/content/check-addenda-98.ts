import { changeCodeKind, RETIRED_CHANGE_CODES } from '../../change-code-kind.ts'
import { parseCorrectedData } from '../../corrected-data.ts'
import { addenda98, addenda98Iat, addenda98Refused } from '../../records/addenda-98.ts'
import type { BatchFacts, EntryFacts } from '../batch-facts.ts'
import type { Checker } from '../checker.ts'

const { changeCode, originalTraceNumber } = addenda98.field

function checkOriginalTrace(checker: Checker, index: number): void {
  // Letters there are already no digits.
  if (checker.isBlankOrZero(index, originalTraceNumber)) {
    checker.fault('addenda98.original_trace', index, originalTraceNumber, 'The original trace number is missing')
  }
}

function checkWithdrawn(checker: Checker, index: number, code: string): boolean {
  if (code !== 'C04' && RETIRED_CHANGE_CODES[code] === undefined) return false
  checker.fault('addenda98.withdrawn_code', index, changeCode, `${code} is not used any more`)
  return true
}

export function checkNotification(checker: Checker, index: number, _: EntryFacts, { isIat }: BatchFacts): void {
  const code = checker.text(index, changeCode)
  const field = isIat ? addenda98Iat.field.correctedData : addenda98.field.correctedData
  const data = checker.text(index, field)
  checkOriginalTrace(checker, index)
  const isWithdrawn = checkWithdrawn(checker, index, code)
  if (!isWithdrawn && changeCodeKind(code) !== 'change') {
    checker.fault('addenda98.change_code', index, changeCode, 'This is no change code: expected C01 to C09, C13 or C14')
  } else if (data === '') {
    checker.fault('addenda98.corrected_data.required', index, field, 'The corrected data is missing')
  } else if (!isWithdrawn) {
    const reading = parseCorrectedData(code, data, { isIat })
    if (!reading.ok) checker.fault('addenda98.corrected_data.format', index, field, reading.problem.message)
  }
}

export function checkRefusal(checker: Checker, index: number, _: EntryFacts, { isIat }: BatchFacts): void {
  const { field } = addenda98Refused
  if (isIat) checker.fault('addenda99.iat', index, field.refusedChangeCode, 'A notification for IAT is never refused')
  checkOriginalTrace(checker, index)
  const code = checker.text(index, field.changeCode)
  if (changeCodeKind(code) !== 'change' && code !== 'C04' && RETIRED_CHANGE_CODES[code] === undefined) {
    const message = 'Expected the change code of the notification that is refused'
    checker.fault('addenda98.refused.code', index, field.changeCode, message)
  }
  if (checker.isBlank(index, field.correctedData)) {
    const message = 'The corrected data of the notification is missing'
    checker.fault('addenda98.corrected_data.required', index, field.correctedData, message)
  }
  if (/^0*$/.test(checker.text(index, field.traceSequenceNumber))) {
    const message = 'Expected the last 7 digits of the trace number of the notification'
    checker.fault('addenda98.refused.trace_sequence', index, field.traceSequenceNumber, message)
  }
}
