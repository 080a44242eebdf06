import { drop, type Edit, put, repeatAfter, settle } from './ach-lines.ts'
import { type FileFault, fault, strict } from './file-faults.ts'

const of =
  (base: string) =>
  (rule: FileFault['rule'], ...edits: Edit[]): FileFault => ({ ...fault(rule, ...edits), base })

const ack = of('ack')
const adv = of('adv')
const arc = of('arc')
const atx = of('atx')
const cie = of('cie')
const cor = of('cor')
const ctx = of('ctx')
const dne = of('dne')
const enr = of('enr')
const mte = of('mte')
const pop = of('pop')
const pos = of('pos')
const rck = of('rck')
const returns = of('returns')
const tel = of('tel')
const trc = of('trc')
const web = of('web')

const blanks = (length: number) => ' '.repeat(length)

/** An advice of zero cents: its control is the same in both layouts. */
const advice = [
  '5280ACME TOOLS                          1234567890ADVPAYMENT         261123   0091000010000003',
  '68123138010412345678       00000000000009100001911131 BANK                    0091000013240001',
  `8280${'0'.repeat(56)}${' '.repeat(19)}091000010000003`,
]
const withAdvice: Edit = (lines) => lines.toSpliced(12, 0, ...advice)

/** Faults of batches of one SEC code: each file is right but for this rule. */
export const secFaults: readonly FileFault[] = [
  arc('sec.debit_only', put(3, 2, '22'), put(2, 2, '200'), put(4, 2, '200'), settle),
  cie('sec.credit_only', put(5, 2, '37'), put(2, 2, '200'), put(6, 2, '200'), settle),
  arc('sec.prenote_not_allowed', put(3, 2, '28'), put(3, 30, '0000000000'), settle),
  ack('sec.zero_amount', put(3, 30, '0000000001'), settle),
  dne('sec.zero_amount', put(3, 30, '0000000001'), settle),
  arc('sec.amount.converted_check', put(3, 30, '0002500001'), settle),
  rck('sec.amount.rck_xck', put(3, 30, '0000250001'), settle),
  rck('sec.amount.rck_xck_exact', put(6, 30, '0000250000'), settle),
  arc('sec.serial.required', put(3, 40, blanks(15))),
  rck('sec.serial.required', put(6, 40, '0'.repeat(15))),
  pop('sec.pop.terminal', put(3, 49, blanks(4))),
  pop('sec.pop.terminal', put(3, 53, blanks(2))),
  rck('sec.rck.description', put(2, 54, 'PAYMENT   ')),
  rck('sec.xck.words', put(5, 54, 'PAYMENT   ')),
  rck('sec.xck.words', put(5, 5, 'ACME TOOLS      ')),
  trc('sec.trc_xck.control', put(3, 55, blanks(6))),
  rck('sec.trc_xck.control', put(6, 61, blanks(16))),
  cie('sec.cie.identification', put(3, 55, blanks(22))),
  mte('sec.mte.identification', put(3, 55, '0'.repeat(22))),
  mte('entry.name.mandatory', put(3, 40, '0'.repeat(15))),
  pos('sec.card.type', put(3, 77, '04')),
  pos('sec.shr.expiry', put(7, 40, '1329')),
  web('sec.payment_type', put(3, 77, '  ')),
  tel('sec.payment_type', put(4, 77, 'X ')),
  web('sec.web.credit_sender', put(8, 40, blanks(15))),
  ack('sec.ack_atx.original_trace', put(3, 54, ' ')),
  atx('sec.ack_atx.original_trace', put(3, 40, 'A')),
  dne('sec.dne.status', put(2, 79, '1')),
  dne('sec.dne.text', put(4, 4, 'DIED')),
  dne('sec.dne.text', put(4, 18, '133126')),
  enr('sec.enr.description', put(2, 54, 'ENROL     ')),
  enr('sec.enr.eed_blank', put(2, 70, '261123')),
  enr('sec.enr.text', put(4, 4, '99')),
  fault('file.adv.mixed', withAdvice, settle),
  adv('sec.adv.service_class', put(2, 2, '200'), put(5, 2, '200')),
  adv('sec.adv.originator_status', put(2, 79, '1')),
  adv('sec.adv.transaction_code', put(3, 2, '89')),
  adv('sec.adv.julian_day', put(3, 88, '367')),
  adv('sec.adv.sequence', put(4, 91, '0001')),
  adv('parse.field.not_numeric', put(3, 40, '09100001X')),
  adv('file.control.total_credit', put(6, 52, '0'.repeat(20))),
  cor('sec.cor.addenda', drop(4), put(3, 79, '0'), settle),
  cor('sec.cor.code', put(3, 2, '22')),
  tel('entry.name.mandatory', put(3, 55, blanks(22))),
  cie('entry.transaction_code.sec', put(5, 2, '34'), put(5, 30, '0000000000'), settle),
  returns('entry.transaction_code.return', put(3, 2, '22')),
  returns('batch.category.mixed', drop(4), put(3, 2, '22'), put(3, 79, '0'), settle),
  web('rule.micro_entry', put(11, 30, '0000000100'), settle),
  web('rule.micro_entry', put(13, 30, '0000000020'), settle),
  {
    ...of('web')('rule.duplicate_entry', put(12, 30, '0000000012'), put(13, 30, '0000000001'), settle),
    profile: 'originate',
  },
  ctx('addenda.count.declared', put(3, 55, '0003')),
  enr('addenda.count.declared_enrolment', put(3, 55, '    ')),
  atx('addenda.count.maximum_acknowledgment', repeatAfter(4, 4), put(5, 84, '0002'), put(3, 55, '0002'), settle),
  returns('addenda.count.maximum', repeatAfter(4, 4), settle),
  pos('addenda.count.minimum', drop(4), put(3, 79, '0'), settle),
  dne('addenda.count.minimum', drop(4), put(3, 79, '0'), settle),
  pos('addenda.trace_number', put(4, 94, '9')),
  { ...of('pos')('addenda.text.characters', put(4, 36, '~')), profile: strict('addenda.text.characters').profile },
  pos('addenda02.required.terminal', put(4, 14, blanks(6))),
  pos('addenda02.required.serial', put(4, 20, blanks(6))),
  pos('addenda02.required.location', put(4, 36, blanks(27))),
  pos('addenda02.required.city', put(4, 63, blanks(15))),
  pos('addenda02.date', put(4, 26, '0230')),
  pos('addenda02.state', put(4, 78, 'XX')),
  mte('addenda02.mte.time', put(4, 30, '246000')),
]

/** Faults of returns and notifications of change. */
export const returnFaults: readonly FileFault[] = [
  cor('addenda98.change_code', put(4, 4, 'C15')),
  cor('addenda98.withdrawn_code', put(4, 4, 'C10')),
  cor('addenda98.corrected_data.required', put(4, 36, blanks(29))),
  cor('addenda98.corrected_data.required', put(16, 36, blanks(29))),
  cor('addenda98.corrected_data.format', put(6, 36, '12345678X')),
  cor('addenda98.refused.code', put(16, 65, 'C99')),
  cor('addenda98.refused.trace_sequence', put(16, 68, '0000000')),
  cor('addenda98.original_trace', put(4, 7, '0'.repeat(15))),
  returns('addenda99.return_code', put(4, 4, 'R99')),
  returns('addenda99.return_code', put(4, 4, 'r03')),
  returns('addenda99.return_code.retired', put(12, 4, 'R63')),
  returns('addenda99.return_code.sec', put(4, 4, 'R50')),
  returns('addenda99.return_code.sec', put(4, 4, 'R01')),
  returns('addenda99.original_trace', put(4, 7, '0'.repeat(15))),
  returns('addenda99.date_of_death', put(6, 22, blanks(6))),
  returns('addenda99.date_of_death', put(4, 22, '261101')),
  returns('addenda99.information', put(8, 36, blanks(44))),
  returns('addenda99.dishonored.fields', put(12, 54, '367')),
  returns('addenda99.dishonored.fields', put(12, 59, '08   ')),
  returns('addenda99.contested.fields', put(16, 77, 'R6')),
  returns('addenda99.contested.fields', put(16, 77, '01')),
  returns('addenda99.contested.fields', put(16, 57, '68')),
  returns('addenda99.dishonored.fields', put(12, 57, '49')),
  cor('addenda.type_for_sec', put(2, 51, 'PPD'), put(3, 2, '21'), drop(5, 16), settle),
  returns('addenda99.contested.fields', put(16, 22, blanks(6))),
  returns('parse.field.bad_date', put(6, 22, '261399')),
]
