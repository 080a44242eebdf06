import { HOLIDAYS } from '../banking-day.ts'
import { DEADLINES, type Term } from '../calendar/deadline-table.ts'
import { OPERATOR_WINDOWS, SAME_DAY_EXCLUDED, SAME_DAY_LIMITS, SAME_DAY_SINCE } from '../calendar/same-day.ts'
import { MAXIMUM_LEAD_DAYS } from '../calendar/schedule.ts'
import { CHANGE_CODES, type ChangeCode } from '../change-code.ts'
import { RETIRED_CHANGE_CODES } from '../change-code-kind.ts'
import { CORRECTED_DATA, type CorrectedPlace } from '../corrected-data-layout.ts'
import { HOLIDAY_NAMES, holidaysOf } from '../holidays.ts'
import { RETURN_CODES, RETURN_RATE_LEVELS } from '../return-code.ts'
import { RETIRED_RETURN_CODES } from '../return-code-kind.ts'
import type { ReturnCode } from '../return-code-row.ts'
import { CALENDAR_INTRO, CHANGE_CODES_INTRO, RETURN_CODES_INTRO } from './table-page-texts.ts'

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line), ''].join('\n')
}

const AGAIN: Readonly<Record<ReturnCode['again'], string>> = {
  retry: 'as it was, twice, within 180 days',
  auth: 'once authorized again',
  fix: 'once corrected',
  new60: 'as a corrected new entry, within 60 days of the return',
  no: 'no',
}

function returnRemarks(row: ReturnCode): string {
  const only = row.onlyFor ? [`Only ${row.onlyFor.join(', ')}.`] : []
  const never = row.notFor.length > 0 ? [`Not ${row.notFor.join(', ')}.`] : []
  const direction = row.direction ? [`${row.direction === 'debit' ? 'Debits' : 'Credits'} only.`] : []
  const answers = row.answers ? [`Answers ${row.answers}.`] : []
  const from = row.from ? [`Since ${row.from}.`] : []
  const changes = row.changes.map(({ on, what }) => `${on}: ${what}.`)
  const unconfirmed = row.unconfirmed ? [`Not confirmed: ${row.unconfirmed}.`] : []
  return [...direction, ...only, ...never, ...answers, ...from, ...changes, ...row.notes, ...unconfirmed].join(' ')
}

function returnRows(kind: ReturnCode['kind']): string {
  const rows = [...RETURN_CODES.values()]
    .filter((row) => row.kind === kind)
    .map((row) => [
      `\`${row.code}\``,
      row.reason,
      row.advice,
      row.categories.join(', '),
      row.by,
      row.frame + (row.writtenStatement ? ' S' : ''),
      AGAIN[row.again],
      returnRemarks(row),
    ])
  return table(['Code', 'What happened', 'What to do', 'Category', 'By', 'Frame', 'Send again', 'Remarks'], rows)
}

function retired(codes: Readonly<Record<string, string>>): string {
  return Object.entries(codes)
    .map(([code, what]) => `\`${code}\` ${what}`)
    .join(', ')
}

/** docs/nacha/return-codes.md. */
export function returnCodesPage(): string {
  const rates = RETURN_RATE_LEVELS.map(({ level, thresholdBasisPoints, codes, notFor, consequence }) => [
    level,
    `${thresholdBasisPoints / 100} %`,
    codes ? codes.join(' ') : `every returned debit${notFor.map((each) => `, without ${each}`).join('')}`,
    consequence,
  ])
  return [
    RETURN_CODES_INTRO,
    '## Returns',
    '',
    returnRows('return'),
    '## Dishonored returns',
    '',
    returnRows('dishonored'),
    '## Contested dishonored returns',
    '',
    returnRows('contested'),
    '## Not assigned',
    '',
    `Old dishonor codes: ${retired(RETIRED_RETURN_CODES)}. Every other number is not assigned; some processors send`,
    'codes of their own in R91 to R99.',
    '',
    '## Return rates',
    '',
    'Returned debits among the debits originated, per originator, over the preceding 60 days or two calendar months',
    '(`RETURN_RATE_LEVELS`).',
    '',
    table(['Level', 'Threshold', 'Codes', ''], rates),
  ].join('\n')
}

const IAT: Readonly<Record<ChangeCode['iat'], string>> = {
  yes: 'yes',
  only: 'only',
  notOutboundIat: 'not outbound',
  no: 'no',
}

function places(list: readonly CorrectedPlace[] | null): string {
  if (!list) return ''
  return list.map(({ field, first, last }) => `${first}-${last} \`${field}\``).join(', ')
}

/** docs/nacha/change-codes.md. */
export function changeCodesPage(): string {
  const row = ({ code, reason, advice, iat, by, withdrawnOn, notes }: ChangeCode) => {
    const remarks = [...(withdrawnOn ? [`Withdrawn ${withdrawnOn}: read, never sent.`] : []), ...notes].join(' ')
    return [`\`${code}\``, reason, advice, IAT[iat], by, remarks]
  }
  const rows = [...CHANGE_CODES.values()]
  const heads = ['Code', 'What was wrong', 'What to do', 'IAT', 'By', 'Remarks']
  const layouts = Object.entries(CORRECTED_DATA).map(([code, { domestic, iat }]) => [
    `\`${code}\``,
    places(domestic),
    places(iat),
  ])
  return [
    CHANGE_CODES_INTRO,
    '## Notifications of change',
    '',
    table(heads, rows.filter((each) => each.kind === 'change').map(row)),
    '## Positions inside the corrected data',
    '',
    table(['Code', 'Outside IAT (29 positions)', 'IAT (35 positions)'], layouts),
    '## Refused notifications',
    '',
    table(heads, rows.filter((each) => each.kind === 'refused').map(row)),
    `No longer used: ${retired(RETIRED_CHANGE_CODES)}.`,
    '',
  ].join('\n')
}

const UNITS: Readonly<Record<Term['unit'], string>> = {
  banking: 'banking days',
  calendar: 'calendar days',
  calendarThenBanking: 'calendar days, then the next banking day',
}
const EDGES = { opening: 'opening of business', close: 'end of the day', earliest: 'first day allowed' } as const

function holidayTable(years: readonly number[]): string {
  const kept = new Map(years.map((year) => [year, holidaysOf(year)]))
  const rows = HOLIDAY_NAMES.map((name, at) => [
    HOLIDAYS[at]?.since === undefined ? name : `${name} (since ${HOLIDAYS[at]?.since})`,
    ...years.map(
      (year) =>
        kept
          .get(year)
          ?.find((each) => each.name === name)
          ?.date.slice(5) ?? 'Saturday: open',
    ),
  ])
  return table(['Holiday', ...years.map(String)], rows)
}

/** docs/nacha/calendar.md. */
export function calendarPage(): string {
  const deadlines = Object.entries(DEADLINES).map(([key, row]) => {
    const { subject, after, edge, terms, note } = row
    const unconfirmed = 'unconfirmed' in row ? ` Not confirmed: ${row.unconfirmed}.` : ''
    const words = terms.map(({ from, value }, index) => {
      const since = index === 0 && from === '1980-01-01' ? '' : ` since ${from}`
      return `${value.count} ${UNITS[value.unit]}${since}`
    })
    return [`\`${key}\``, subject, after, words.join('; '), EDGES[edge], `${note ?? ''}${unconfirmed}`.trim()]
  })
  const windows = OPERATOR_WINDOWS.map((each) => [
    `\`${each.key}\``,
    each.by + (each.dayAfter ? ' in the night after' : ''),
    each.deliveredAt,
    each.settlesAt + (each.leadDays === 0 ? '' : ' the next banking day'),
    each.creditsAvailable,
    each.indicator ? `\`${each.indicator}\`` : '',
    each.leadDays === 0 ? each.from : '',
  ])
  const limits = SAME_DAY_LIMITS.map(({ from, value }) => [from, (value / 100).toLocaleString('en-US')])
  return [
    CALENDAR_INTRO,
    '## Holidays',
    '',
    'On a Sunday the banks close the Monday after; on a Saturday they are open the Friday before.',
    '',
    holidayTable([2026, 2027, 2028, 2029, 2030, 2031]),
    '## Windows of the Operators',
    '',
    'In America/New_York; the time of available credits is that of the receiving bank.',
    '',
    table(['Window', 'File there by', 'Delivered', 'Settles', 'Credits available', 'Sign', 'Since'], windows),
    `Same day: never ${SAME_DAY_EXCLUDED.join(', ')}; credits since ${SAME_DAY_SINCE.credit}, debits since ${SAME_DAY_SINCE.debit};`,
    'returns of every amount and SEC code may use the windows. Most an entry may carry:',
    '',
    table(['From', 'USD'], limits),
    'A proposal of 10 November 2025 to allow 10,000,000 was not found approved: it will be one more row.',
    '',
    `An effective entry date lies at most ${MAXIMUM_LEAD_DAYS.credit} banking days after the processing day for credits,`,
    `${MAXIMUM_LEAD_DAYS.debit} for debits; later ones come back as R18.`,
    '',
    '## Deadlines',
    '',
    table(['`deadline(key, day)`', 'What', 'Counted from', 'Term', 'Until', 'Note'], deadlines),
  ].join('\n')
}
