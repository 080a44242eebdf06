import { type RuleId, WEIGHTS } from './rules/weights.ts'
import type { Strictness } from './violation.ts'

const starting = (...prefixes: readonly string[]): RuleId[] =>
  (Object.keys(WEIGHTS) as RuleId[]).filter((rule) => prefixes.some((prefix) => rule.startsWith(prefix)))

/**
 * Named switches for what banks really send (reference 7.8; the names are those of moov-io/ach where it has them). A
 * switch changes what a rule weighs, never what a file says: the finding stays in the list as information.
 */
export const SWITCHES = {
  bypassOriginValidation: [...starting('file.header.immediate_origin.'), 'batch.trace_number.odfi'],
  bypassDestinationValidation: starting('file.header.immediate_destination.'),
  customTraceNumbers: [
    'batch.trace_number.ascending',
    'batch.trace_number.odfi',
    'addenda.entry_sequence',
    'addenda.trace_number',
    'entry.addenda_indicator',
  ],
  allowZeroBatches: ['file.batches.none'],
  allowMissingFileHeader: ['parse.file.missing_header'],
  allowMissingFileControl: ['parse.file.missing_control'],
  allowPartialFile: [
    'parse.file.missing_header',
    'parse.file.missing_control',
    'parse.batch.missing_header',
    'parse.batch.missing_control',
    'parse.entry.outside_batch',
  ],
  bypassCompanyIdentificationMatch: ['batch.control.company_identification'],
  customReturnCodes: ['addenda99.return_code', 'addenda99.return_code.retired'],
  unequalServiceClassCode: ['batch.control.service_class'],
  allowUnorderedBatchNumbers: ['file.batch_number.ascending'],
  allowInvalidCheckDigit: ['entry.rdfi.check_digit'],
  unequalAddendaCounts: [
    'batch.control.entry_addenda_count',
    'file.control.entry_addenda_count',
    'addenda.count.declared',
    'addenda.count.declared_enrolment',
  ],
  allowInvalidAmounts: ['entry.amount.zero', 'entry.amount.prenote', 'entry.amount.zero_dollar', 'sec.zero_amount'],
  allowZeroEntryAmount: ['entry.amount.zero'],
  allowSpecialCharacters: (Object.keys(WEIGHTS) as RuleId[]).filter(
    (rule) => rule.endsWith('characters') && rule !== 'entry.account.characters',
  ),
  allowEmptyIndividualName: ['entry.name.required', 'entry.name.mandatory'],
  skipFileCreationValidation: starting('file.header.creation_'),
  skipBatchHeaderCompanyValidation: starting(
    'batch.header.company_name.',
    'batch.header.company_identification.',
    'batch.header.entry_description.',
  ),
  bypassBatchValidation: starting('batch.', 'entry.', 'addenda', 'sec.', 'date.', 'rule.'),
  skipAll: starting('file.', 'batch.', 'entry.', 'addenda', 'sec.', 'date.', 'rule.'),
} as const satisfies Record<string, readonly RuleId[]>

export type SwitchName = keyof typeof SWITCHES

/** What the lenient profile switches on: all but those that look away from everything. */
export const LENIENT_SWITCHES: readonly SwitchName[] = (Object.keys(SWITCHES) as SwitchName[]).filter(
  (name) => name !== 'bypassBatchValidation' && name !== 'skipAll',
)

/** The rules that the switches of `strictness` turn into information. */
export function relaxedRules(strictness: Strictness): ReadonlySet<RuleId> {
  const names = strictness.switches ?? (strictness.profile === 'lenient' ? LENIENT_SWITCHES : [])
  return new Set(names.flatMap((name): readonly RuleId[] => SWITCHES[name]))
}
