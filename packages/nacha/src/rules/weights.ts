import type { Profile } from '../profile.ts'
import type { Severity } from './rule.ts'
import type { RuleId } from './rule-id.ts'

/**
 * Rules that are no error, or not in every profile: what they weigh in `standard`, and in `originate`. By words of their ids,
 * which are shorter than the ids; docs/nacha/rules.md has the weight of each rule and is compared with this.
 */
const LIGHTER: readonly (readonly [standard: Severity, originate: Severity, rules: RegExp])[] = [
  [
    'warning',
    'error',
    /line.short|long_blank|multibyte|reserved_used|leading_blank|batches.none|filler|bank_limit|trace_number.duplicate|prefix|reversal_direction|account.zero|entry.name.required|count.(maximum_|declared_)|addenda.trace_number|withdrawn|retired|prenote_not|rck_xck_exact|xck.words|eed.(missing|past|not)|duplicate_file|day.window/,
  ],
  ['info', 'info', /mixed_endings|encoding.detected|apply_by/],
  ['off', 'off', /origin.check_digit|balanced/],
  [
    'warning',
    'warning',
    /future|settlement_date$|inner_blank|mte.time|return_code.sec|date_of_death|99.information|trc_xck|payment_type|credit_sender|dne.text|same_day|julian$|purchase|micro_entry|(noc|return).late|wait|return_(fee|rate)/,
  ],
  ['off', 'error', /(?<!parse).*[.]characters|outgoing|masked|too_far/],
  ['info', 'warning', /05.delimiters/],
  ['off', 'warning', /payroll|duplicate_entry/],
]

/** What a rule weighs in a profile before any switch: an error unless it is listed above. */
export function weightOf(rule: RuleId, profile: Profile): Severity {
  return LIGHTER.find(([, , rules]) => rules.test(rule))?.[profile === 'originate' ? 1 : 0] ?? 'error'
}
