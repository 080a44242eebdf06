import type { Profile } from '../profile.ts'
import type { Severity } from './rule.ts'
import type { RuleId } from './rule-id.ts'

/** Rules that are no error, or not in every profile: what they weigh in `standard`, and in `originate`. */
const LIGHTER: readonly (readonly [standard: Severity, originate: Severity, rules: readonly RuleId[]])[] = [
  [
    'warning',
    'error',
    [
      'parse.line.short',
      'parse.line.long_blank',
      'parse.encoding.multibyte',
      'parse.field.reserved_used',
      'file.header.immediate_destination.leading_blank',
      'file.batches.none',
      'file.filler.count',
      'file.filler.content',
      'file.lines.bank_limit',
      'file.trace_number.duplicate',
      'batch.header.odfi.prefix',
      'batch.description.reversal_direction',
      'entry.rdfi.prefix',
      'entry.account.zero',
      'entry.name.required',
      'addenda.count.maximum_acknowledgment',
      'addenda.count.declared_enrolment',
      'addenda.trace_number',
      'addenda98.withdrawn_code',
      'addenda99.return_code.retired',
      'sec.prenote_not_allowed',
      'sec.amount.rck_xck_exact',
      'sec.xck.words',
      'date.eed.missing',
      'date.eed.past',
      'date.eed.not_banking_day',
      'file.header.duplicate_file',
      'date.same_day.window',
    ],
  ],
  ['info', 'info', ['parse.line.mixed_endings', 'parse.encoding.detected', 'date.noc.apply_by']],
  ['off', 'off', ['file.header.immediate_origin.check_digit', 'file.balanced']],
  [
    'warning',
    'warning',
    [
      'file.header.creation_date.future',
      'batch.header.settlement_date',
      'entry.account.inner_blank',
      'addenda02.mte.time',
      'addenda99.return_code.sec',
      'addenda99.date_of_death',
      'addenda99.information',
      'sec.trc_xck.control',
      'sec.payment_type',
      'sec.web.credit_sender',
      'sec.dne.text',
      'date.same_day.amount',
      'date.same_day.iat',
      'date.same_day.indicator',
      'date.julian',
      'rule.purchase_description',
      'rule.micro_entry',
      'date.return.late',
      'date.noc.late',
      'date.prenote.wait',
      'rule.return_fee',
      'rule.return_rate',
    ],
  ],
  [
    'off',
    'error',
    [
      'file.header.names.characters',
      'batch.header.characters',
      'batch.header.settlement_date.outgoing',
      'batch.control.mac.characters',
      'entry.account.characters',
      'entry.account.masked',
      'entry.text.characters',
      'addenda.text.characters',
      'addenda05.characters',
      'date.eed.too_far',
    ],
  ],
  ['info', 'warning', ['addenda05.delimiters']],
  ['off', 'warning', ['rule.payroll_description', 'rule.duplicate_entry']],
]

/** What a rule weighs in a profile before any switch: an error unless it is listed above. */
export function weightOf(rule: RuleId, profile: Profile): Severity {
  return LIGHTER.find(([, , rules]) => rules.includes(rule))?.[profile === 'originate' ? 1 : 0] ?? 'error'
}
