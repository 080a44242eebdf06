import type { RuleId } from './rules/rule-id.ts'
import type { Strictness } from './violation.ts'

/**
 * Named switches for what banks really send (reference 7.8; the names are those of moov-io/ach where it has them), each
 * with the rules it is about. A switch changes what a rule weighs, never what a file says: the finding stays in the list
 * as information.
 */
export const SWITCH_PATTERNS = {
  bypassOriginValidation: /immediate_origin|trace_number.odfi/,
  bypassDestinationValidation: /immediate_destination/,
  customTraceNumbers: /^batch.trace_number|^addenda.(entry_sequence|trace_number)|addenda_indicator/,
  allowZeroBatches: /batches.none/,
  allowMissingFileHeader: /file.missing_header/,
  allowMissingFileControl: /file.missing_control/,
  allowPartialFile: /missing_(header|control)|outside_batch/,
  bypassCompanyIdentificationMatch: /control.company_identification/,
  customReturnCodes: /return_code($|.retired)/,
  unequalServiceClassCode: /control.service_class/,
  allowUnorderedBatchNumbers: /batch_number.ascending/,
  allowInvalidCheckDigit: /rdfi.check_digit/,
  unequalAddendaCounts: /entry_addenda_count|count.declared/,
  allowInvalidAmounts: /^entry.amount.(zero|prenote)|zero_amount/,
  allowZeroEntryAmount: /^entry.amount.zero$/,
  allowSpecialCharacters: /(?<!account.)characters$/,
  allowEmptyIndividualName: /^entry.name.(required|mandatory)/,
  skipFileCreationValidation: /header.creation_/,
  skipBatchHeaderCompanyValidation: /header.(company_name|company_identification|entry_description)/,
  bypassBatchValidation: /^(batch|entry|addenda|sec|date|rule)/,
  skipAll: /^(file|batch|entry|addenda|sec|date|rule)/,
} satisfies Record<string, RegExp>

export type SwitchName = keyof typeof SWITCH_PATTERNS

/** What the lenient profile switches on: all but those that look away from everything. */
export const LENIENT_SWITCHES: readonly SwitchName[] = /* @__PURE__ */ (
  Object.keys(SWITCH_PATTERNS) as SwitchName[]
).slice(0, -2)

/** True when a switch of `strictness` turns what the rule finds into information. */
export function isRelaxed(rule: RuleId, { switches, profile }: Strictness): boolean {
  const names = switches ?? (profile === 'lenient' ? LENIENT_SWITCHES : [])
  return names.some((name) => SWITCH_PATTERNS[name].test(rule))
}
