/** What the sandbox bank does about an entry, or because of it about its file. */
export type Scenario =
  | { kind: 'return'; code: string }
  | { kind: 'correction'; code: string }
  | { kind: 'dispute'; code: string }
  | { kind: 'bank'; conduct: BankConduct }

/** What the bank itself does, whatever else is in the file. */
export type BankConduct = 'rejects' | 'late' | 'silent' | 'sweeps' | 'drops' | 'diskFull' | 'newHostKey'

export interface ScenarioRow {
  scenario: Scenario
  /** Ends every account number and every amount of the scenario, in cents, two digits. */
  number: string
  what: string
  when: string
}

/**
 * The account numbers and amounts that mean something: six times the digit of the family and two digits for the one, as in
 * the account 11111103; or its dollars and these two as cents, as in $1,111.03.
 */
export const FAMILIES = {
  return: { digit: '1', title: 'Returns', says: 'the entry comes back with the code R and the last two digits' },
  correction: {
    digit: '2',
    title: 'Notifications of change',
    says: 'a change is told with the code C and the last two digits',
  },
  bank: { digit: '3', title: 'The bank', says: 'the bank does something unusual with the whole file' },
  dispute: {
    digit: '4',
    title: 'Disputes',
    says: 'the entry comes back, and the banks argue about the return, with the code R and the last two digits',
  },
} as const
export type Family = keyof typeof FAMILIES

const RETURNED = 'one banking day after the settlement'
const RETURNED_LATE = 'five banking days after the settlement'
const TOLD = 'one banking day after the settlement'
const ARGUED = 'the return after one banking day, the dishonored return after two, the contested one after three'

/** The scenarios the pages list. Codes that are not listed work as well, where the rules allow them for the entry. */
export const SCENARIOS: readonly ScenarioRow[] = [
  returns('01', 'Not enough money (debits)'),
  returns('02', 'The account is closed'),
  returns('03', 'There is no such account, or it is somebody else’s'),
  { ...returns('10', 'The receiver did not authorize it (debits of persons)'), when: RETURNED_LATE },
  { ...returns('29', 'The company did not authorize it (debits of companies)'), when: RETURNED },
  corrections('01', 'The account number is wrong'),
  corrections('02', 'The routing number is wrong'),
  corrections('05', 'It is a savings account'),
  conduct('01', 'rejects', 'The bank refuses the file', 'at once'),
  conduct('02', 'late', 'The bank acknowledges the file late', 'after one day'),
  conduct('03', 'silent', 'The bank takes the file and never says anything', 'never'),
  conduct('04', 'sweeps', 'The bank takes the file out of the folder as soon as it has its name', 'at once'),
  conduct(
    '05',
    'drops',
    'The connection ends at the last byte of this very entry, the first time it is sent',
    'at once',
  ),
  conduct('06', 'diskFull', 'The disk of the bank is full, for five minutes of its clock', 'at once'),
  conduct('07', 'newHostKey', 'The bank has another host key from then on, for everybody', 'after the file'),
  disputes('67', 'Returned (R03), dishonored as a duplicate (R67), contested (R75)'),
  disputes('68', 'Returned (R03), dishonored as too late (R68), contested (R73)'),
  disputes('69', 'Returned (R03), dishonored for wrong fields (R69), contested (R76)'),
]

function returns(number: string, what: string): ScenarioRow {
  return { scenario: { kind: 'return', code: `R${number}` }, number, what, when: RETURNED }
}
function corrections(number: string, what: string): ScenarioRow {
  return { scenario: { kind: 'correction', code: `C${number}` }, number, what, when: TOLD }
}
function disputes(number: string, what: string): ScenarioRow {
  return { scenario: { kind: 'dispute', code: `R${number}` }, number, what, when: ARGUED }
}
function conduct(number: string, name: BankConduct, what: string, when: string): ScenarioRow {
  return { scenario: { kind: 'bank', conduct: name }, number, what, when }
}

/** The account number that asks for it. */
export const accountOf = ({ scenario, number }: ScenarioRow): string =>
  `${FAMILIES[scenario.kind].digit.repeat(6)}${number}`

/** The amount that asks for it, in cents. */
export const amountOf = ({ scenario, number }: ScenarioRow): number =>
  Number(`${FAMILIES[scenario.kind].digit.repeat(4)}${number}`)

/** What an entry asks for: its account number comes before its amount. `null` for everything ordinary. */
export function scenarioOf(entry: { accountNumber: string; amountCents: number }): Scenario | null {
  return byNumber(entry.accountNumber.trim(), 6) ?? byNumber(String(entry.amountCents), 4)
}

const KINDS: Readonly<Record<string, Family>> = Object.fromEntries(
  Object.entries(FAMILIES).map(([kind, { digit }]) => [digit, kind as Family]),
)

function byNumber(text: string, length: number): Scenario | null {
  const digit = text.charAt(0)
  const kind = KINDS[digit]
  const number = text.slice(length)
  if (kind === undefined || !/^\d\d$/.test(number) || text.slice(0, length) !== digit.repeat(length)) return null
  if (kind !== 'bank') return { kind, code: `${kind === 'correction' ? 'C' : 'R'}${number}` }
  return SCENARIOS.find((row) => row.scenario.kind === 'bank' && row.number === number)?.scenario ?? null
}
