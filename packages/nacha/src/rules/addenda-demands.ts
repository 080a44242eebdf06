import type { addendaRules } from './addenda-rules.ts'

/** What the rules of `addenda-rules.ts` demand, apart from their weights: a validator does not need the words. */
export const addendaDemands: Readonly<Record<keyof typeof addendaRules, string>> = {
  'addenda.type_for_sec': 'The SEC code of the batch allows the addenda type.',
  'addenda.count.maximum': 'An entry has no more addenda than its SEC code allows.',
  'addenda.count.maximum_acknowledgment': 'An ATX entry has at most one addenda.',
  'addenda.count.minimum': 'An entry has the addenda that its SEC code demands.',
  'addenda.count.declared': 'The number of addenda in a CTX, ATX, TRX or IAT entry is right.',
  'addenda.count.declared_enrolment': 'The number of addenda in an ENR entry is right.',
  'addenda.sequence': 'Addenda of an entry and type count 1, 2, 3.',
  'addenda.entry_sequence': 'An addenda repeats the last 7 digits of its entry’s trace number.',
  'addenda.trace_number': 'Addenda 02, 98 and 99 repeat the trace number of their entry.',
  'addenda.text.characters': 'The texts of an addenda keep to the characters every bank takes.',
  'addenda05.length': 'Payment related information has at most 80 characters.',
  'addenda05.characters': 'Payment related information keeps to the characters every bank takes.',
  'addenda05.delimiters': 'Payment related information with data elements (*) ends with a backslash.',
  'addenda02.required.terminal': 'Addenda 02 names the terminal.',
  'addenda02.required.serial': 'Addenda 02 has the serial number of the transaction.',
  'addenda02.required.location': 'Addenda 02 says where the terminal stands.',
  'addenda02.required.city': 'Addenda 02 names the city of the terminal.',
  'addenda02.date': 'The transaction date of addenda 02 is a day, MMDD.',
  'addenda02.state': 'The terminal of addenda 02 stands in a U.S. state or territory.',
  'addenda02.mte.time': 'The transaction time of addenda 02 of an MTE entry is HHMMSS.',
  'addenda98.change_code': 'The change code is C01 to C09, C13 or C14, or one that was withdrawn.',
  'addenda98.withdrawn_code': 'Change codes C04 and C10 to C12 are not used any more.',
  'addenda98.corrected_data.required': 'A notification of change has corrected data.',
  'addenda98.corrected_data.format':
    'Corrected data stands where its change code wants it, or its parts are told apart by blanks.',
  'addenda98.refused.code': 'A refusal is of a change code that exists.',
  'addenda98.refused.trace_sequence': 'A refusal repeats the trace sequence of the notification.',
  'addenda98.original_trace': 'A notification of change names the original trace number.',
  'addenda99.return_code': 'The return reason code is one that Nacha defines, in upper case.',
  'addenda99.return_code.retired': 'Return codes R63 to R66 are not used any more.',
  'addenda99.return_code.sec': 'The return code is for this SEC code and direction.',
  'addenda99.original_trace': 'A return names the original trace number.',
  'addenda99.date_of_death': 'A date of death comes with R14 and R15, and only with them.',
  'addenda99.information': 'A return R17 says which field it is about, or QUESTIONABLE.',
  'addenda99.dishonored.fields':
    'A dishonored return has the trace number, settlement day and two-digit code of the return; R69 lists the fields.',
  'addenda99.contested.fields':
    'A contested return has the trace numbers, settlement days and two-digit codes of both returns; R73 both dates.',
  'addenda99.iat': 'IAT knows no dishonored or contested return and no refused notification of change.',
}
