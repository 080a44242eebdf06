import type { AddendaRecord } from '../layouts.ts'
import { changeWords, meaningOf, returnWords, wordsOf } from './code-words.ts'

/** Names of fields that only tie records together. */
const TIES = ['layout', 'addendaSequenceNumber', 'entryDetailSequenceNumber', 'traceNumber']

function listed(addenda: AddendaRecord): string {
  const said = Object.entries(addenda)
    .filter(([name, value]) => !TIES.includes(name) && value !== '' && value !== 0)
    .map(([name, value]) => `${wordsOf(name).toLowerCase()} ${meaningOf(name, value) || value}`)
  return `${wordsOf(addenda.layout)}: ${said.join(', ')}`
}

const withInformation = (text: string) => (text === '' ? '' : ` (${text})`)

/** What an addenda says, in a sentence. */
export function describeAddenda(addenda: AddendaRecord | null): string {
  if (addenda === null) return 'Addenda of a type that Nacha does not define'
  switch (addenda.layout) {
    case 'addenda05':
    case 'addenda17':
      return `Information: ${addenda.paymentRelatedInformation}`
    case 'addenda98':
    case 'addenda98Iat': {
      const { changeCode, correctedData, originalTraceNumber } = addenda
      return `Notification ${changeCode}: ${changeWords(changeCode)} Right is: ${correctedData}. Original trace ${originalTraceNumber}`
    }
    case 'addenda98Refused': {
      const { refusedChangeCode, changeCode, originalTraceNumber } = addenda
      return `Refusal ${refusedChangeCode} of ${changeCode}: ${changeWords(refusedChangeCode)} Original trace ${originalTraceNumber}`
    }
    case 'addenda99':
    case 'addenda99Iat': {
      const { returnReasonCode, addendaInformation, originalTraceNumber } = addenda
      const information = withInformation(addendaInformation)
      return `Return ${returnReasonCode}: ${returnWords(returnReasonCode)}${information} Original trace ${originalTraceNumber}`
    }
    case 'addenda99Dishonored': {
      const { dishonoredReturnReasonCode: code, returnReasonCode, addendaInformation, returnTraceNumber } = addenda
      const information = withInformation(addendaInformation)
      return `Dishonored ${code}, answers R${returnReasonCode}: ${returnWords(code)}${information} Trace of the return ${returnTraceNumber}`
    }
    case 'addenda99Contested': {
      const { contestedReturnReasonCode: code, dishonoredReturnReasonCode, dishonoredReturnTraceNumber } = addenda
      return `Contested ${code}, answers R${dishonoredReturnReasonCode}: ${returnWords(code)} Trace of the dishonored return ${dishonoredReturnTraceNumber}`
    }
    case 'addenda02':
    case 'addenda02Mte':
    case 'addenda10':
    case 'addenda11':
    case 'addenda12':
    case 'addenda13':
    case 'addenda14':
    case 'addenda15':
    case 'addenda16':
    case 'addenda18':
      return listed(addenda)
  }
}
