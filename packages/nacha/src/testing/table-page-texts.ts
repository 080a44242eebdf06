/** What stands above the tables of the pages; the examples are run by a test. */
export const RETURN_CODES_INTRO = `# Return codes

A return (addenda 99) carries a code that says why the entry came back. \`returnCode(code)\` gives its row: what happened
and what to do in words, who sends it and by when, and whether the entry may be sent again. \`maySendAgain\` answers that
for one entry with its dates, \`returnDeadline\` says by when the return had to be made, \`returnCodeProblem\` whether
the code fits the entry. \`returnCodeKind\` knows the codes without the words. The tables are written from
\`packages/nacha/src/return-code.ts\` and what it joins; a test keeps the page like them.

\`\`\`js
import { maySendAgain, returnCode, returnDeadline } from '@fistworks/nacha'

console.log(returnCode('R01').reason) // Not enough money in the account.

const entry = { settledOn: '2026-01-05', returnedOn: '2026-01-07', on: '2026-01-20', reinitiations: 1 }
const again = maySendAgain('R01', entry)
console.log(again.answer, again.left, again.until) // as_it_was 1 2026-07-04

console.log(returnDeadline('R10', { settledOn: '2026-09-18' }).date) // 2026-11-18
\`\`\`

Frames: 2BD, by opening of business on the 2nd banking day after settlement; 2BD-refusal, counted from the refusal;
60CD, by opening of business on the banking day after the 60th calendar day; 5BD, a dishonor within 5 banking days of
the return; 2BD-D, a contest within 2 of the dishonor; OP, with the Operator's next delivery; AGR, as the two banks
agree; NONE, no frame; OWN, one that is not known yet. S: the receiver signs a written statement of unauthorized debit;
since 1 October 2024 the return is then also due 6 banking days after the bank finished checking it.
`

export const CHANGE_CODES_INTRO = `# Change codes

A notification of change (addenda 98) says that an entry was posted but something in it is wrong, and what is right.
\`changeCode(code)\` gives the row of a code, \`changeCodeProblem\` what forbids to send it. \`parseCorrectedData\` reads
the corrected data into typed fields or says what stands in the way and where; \`formatCorrectedData\` writes it. The
tables are written from \`packages/nacha/src/change-code.ts\` and \`corrected-data-layout.ts\`; a test keeps the page
like them.

\`\`\`js
import { formatCorrectedData, parseCorrectedData } from '@fistworks/nacha'

const read = parseCorrectedData('C03', '987654320   123-456')
console.log(read.readBy, read.data.routingNumber, read.data.accountNumber) // positions 987654320 123-456

const loose = parseCorrectedData('C06', '123456789 32')
console.log(loose.readBy, loose.data.transactionCode) // parts 32

const wrong = parseCorrectedData('C02', '987654321')
console.log(wrong.problem.column, wrong.problem.message) // 36 Expected a routing number with a right check digit

const written = formatCorrectedData({ changeCode: 'C05', transactionCode: 32 })
console.log(written.text.length) // 29
\`\`\`

Banks often do not keep to the positions. The reader tries them first; when a value is not where it belongs, it takes the
values by the blanks between them and says so: \`readBy: 'parts'\`. Have a person look at such a change before it is
applied to an account. The originator applies a change within 6 banking days of being told or before the next entry,
whichever is later; for single entries (ARC, BOC, POP, RCK, XCK, single TEL and WEB) it may choose.
`

export const CALENDAR_INTRO = `# Calendar

Banking days, cutoffs and deadlines. Dates are civil dates ('YYYY-MM-DD'), instants are epoch milliseconds or RFC 3339;
nothing reads a clock. The tables are written from \`packages/nacha/src/banking-day.ts\` and
\`packages/nacha/src/calendar\`; a test keeps the page like them. A rule that changes gets one more dated row.

\`\`\`js
import { addBankingDays, bankingDaysBetween, deadline, holidayName, nextEffectiveDate } from '@fistworks/nacha'

console.log(holidayName('2027-07-05')) // Independence Day
console.log(addBankingDays('2026-11-25', 1), bankingDaysBetween('2026-11-25', '2026-11-30')) // 2026-11-27 2

const bank = { timeZone: 'America/Chicago', cutoffs: [{ by: '11:00', leadDays: 0 }, { by: '17:00', leadDays: 1 }] }
const next = nextEffectiveDate('2026-11-25T20:00:00Z', bank, { sameDay: true })
console.log(next.effectiveDate, new Date(next.sendBy).toISOString()) // 2026-11-27 2026-11-27T17:00:00.000Z

console.log(deadline('noc', '2026-12-24').date) // 2026-12-29
\`\`\`

- \`nextEffectiveDate(instant, schedule, { sameDay })\`: the earliest effective entry date and the last moment for it.
  \`sendingWindow\` answers the other way round: when to send for a date. \`openCutoffs\` lists what is still open.
- \`expectedSettlement(entry, effectiveEntryDate, instant)\`: what the Operator makes of a date. A missing or past date
  settles at the earliest chance, which may be today.
- A cutoff is the moment the clock on the wall shows its time, also on the days clocks change: a time that is left out
  counts as the moment of the change, one that comes twice as the first.
- \`dateOfJulianDay(day, near)\`: the settlement date of a batch header has no year; the nearest one is meant.
- Since 1 January 2026 only the Operators' days count as banking days, not a bank's own closures. The Federal Reserve
  plans settlement on weekends and holidays from 2028 at the earliest; what that means for ACH is not decided.
`
