import { RULES, type RuleId } from './rules/rules.ts'
import type { Strictness } from './violation.ts'

/** One switch: what it is for, and the rules that it turns into information. */
export interface Switch {
  readonly allows: string
  readonly rules: readonly RuleId[]
}

const starting = (...prefixes: readonly string[]): RuleId[] =>
  (Object.keys(RULES) as RuleId[]).filter((rule) => prefixes.some((prefix) => rule.startsWith(prefix)))

/**
 * Named switches for what banks really send (reference 7.8; the names are those of moov-io/ach where it has them). A
 * switch changes what a rule weighs, never what a file says: the finding stays in the list as information.
 */
export const SWITCHES = {
  bypassOriginValidation: {
    allows: 'any immediate origin, and traces of another ODFI',
    rules: [...starting('file.header.immediate_origin.'), 'batch.trace_number.odfi'],
  },
  bypassDestinationValidation: {
    allows: 'any immediate destination',
    rules: starting('file.header.immediate_destination.'),
  },
  customTraceNumbers: {
    allows: 'trace numbers as they come: not ascending, of another ODFI, not repeated in addenda',
    rules: [
      'batch.trace_number.ascending',
      'batch.trace_number.odfi',
      'addenda.entry_sequence',
      'addenda.trace_number',
      'entry.addenda_indicator',
    ],
  },
  allowZeroBatches: { allows: 'a file without batches', rules: ['file.batches.none'] },
  allowMissingFileHeader: { allows: 'a file without file header', rules: ['parse.file.missing_header'] },
  allowMissingFileControl: { allows: 'a file without file control', rules: ['parse.file.missing_control'] },
  allowPartialFile: {
    allows: 'a part of a file: records without the headers and controls around them',
    rules: [
      'parse.file.missing_header',
      'parse.file.missing_control',
      'parse.batch.missing_header',
      'parse.batch.missing_control',
      'parse.entry.outside_batch',
    ],
  },
  bypassCompanyIdentificationMatch: {
    allows: 'another company identification in the batch control',
    rules: ['batch.control.company_identification'],
  },
  customReturnCodes: {
    allows: 'return codes that Nacha does not know',
    rules: ['addenda99.return_code', 'addenda99.return_code.retired'],
  },
  unequalServiceClassCode: {
    allows: 'another service class in the batch control',
    rules: ['batch.control.service_class'],
  },
  allowUnorderedBatchNumbers: { allows: 'batch numbers in any order', rules: ['file.batch_number.ascending'] },
  allowInvalidCheckDigit: { allows: 'a wrong check digit of the receiving bank', rules: ['entry.rdfi.check_digit'] },
  unequalAddendaCounts: {
    allows: 'wrong entry/addenda counts',
    rules: [
      'batch.control.entry_addenda_count',
      'file.control.entry_addenda_count',
      'addenda.count.declared',
      'addenda.count.declared_enrolment',
    ],
  },
  allowInvalidAmounts: {
    allows: 'amounts that do not go with the transaction code',
    rules: ['entry.amount.zero', 'entry.amount.prenote', 'entry.amount.zero_dollar', 'sec.zero_amount'],
  },
  allowZeroEntryAmount: { allows: 'payments of zero', rules: ['entry.amount.zero'] },
  allowSpecialCharacters: {
    allows: 'characters that not every bank takes',
    rules: (Object.keys(RULES) as RuleId[]).filter(
      (rule) => rule.endsWith('characters') && rule !== 'entry.account.characters',
    ),
  },
  allowEmptyIndividualName: { allows: 'entries without name', rules: ['entry.name.required', 'entry.name.mandatory'] },
  skipFileCreationValidation: {
    allows: 'any creation date and time',
    rules: starting('file.header.creation_'),
  },
  skipBatchHeaderCompanyValidation: {
    allows: 'any company name, identification and description',
    rules: starting(
      'batch.header.company_name.',
      'batch.header.company_identification.',
      'batch.header.entry_description.',
    ),
  },
  bypassBatchValidation: {
    allows: 'anything in batches: only the reading and the file are checked',
    rules: starting('batch.', 'entry.', 'addenda', 'sec.', 'date.', 'rule.'),
  },
  skipAll: {
    allows: 'anything that can be read',
    rules: starting('file.', 'batch.', 'entry.', 'addenda', 'sec.', 'date.', 'rule.'),
  },
} as const satisfies Record<string, Switch>

export type SwitchName = keyof typeof SWITCHES

/** What the lenient profile switches on: all but those that look away from everything. */
export const LENIENT_SWITCHES: readonly SwitchName[] = (Object.keys(SWITCHES) as SwitchName[]).filter(
  (name) => name !== 'bypassBatchValidation' && name !== 'skipAll',
)

/** The rules that the switches of `strictness` turn into information. */
export function relaxedRules(strictness: Strictness): ReadonlySet<RuleId> {
  const names = strictness.switches ?? (strictness.profile === 'lenient' ? LENIENT_SWITCHES : [])
  return new Set(names.flatMap((name): readonly RuleId[] => SWITCHES[name].rules))
}
