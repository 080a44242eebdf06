import {
  addBankingDays,
  type CutoffSchedule,
  isBankingDay,
  MAXIMUM_LEAD_DAYS,
  OPERATOR_SCHEDULE,
  openCutoffs,
} from '@fistworks/nacha'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MARGIN_MS, type PlannedBatch } from './batch-window.ts'
import { HOLD_MS, planTransmission } from './plan-transmission.ts'

const CHICAGO: CutoffSchedule = {
  timeZone: 'America/Chicago',
  cutoffs: [
    { by: '11:00', leadDays: 0 },
    { by: '17:00', leadDays: 1 },
  ],
}
const NIGHT: CutoffSchedule = {
  timeZone: 'America/Los_Angeles',
  cutoffs: [
    { by: '13:00', leadDays: 0 },
    { by: '01:30', leadDays: 1, dayAfter: true },
  ],
}
const NEXT_DAY_ONLY: CutoffSchedule = { timeZone: 'America/New_York', cutoffs: [{ by: '18:00', leadDays: 1 }] }
const MINUTE = 60_000

const at = (text: string) => Date.parse(text)
const utc = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

function batch(effectiveDate: string, over: Partial<PlannedBatch> = {}): PlannedBatch {
  return { secCode: 'CCD', effectiveDate, entries: [{ amountCents: 100, direction: 'credit' }], ...over }
}
const debit = { entries: [{ amountCents: 100, direction: 'debit' as const }] }

function plan(
  now: number | string,
  batches: PlannedBatch[],
  cutoffs: CutoffSchedule | null = CHICAGO,
  transmit = { when: 'now' } as Parameters<typeof planTransmission>[0]['transmit'],
) {
  return planTransmission({ batches, transmit }, { now: typeof now === 'string' ? at(now) : now, cutoffs })
}
const leaves = (...given: Parameters<typeof plan>) => {
  const { transmission, problems } = plan(...given)
  if (problems) return problems.map(({ pointer, message }) => `${pointer} ${message}`)
  const { leavesAt, deliverBy, batches } = transmission
  return [utc(leavesAt), utc(deliverBy), batches.map(({ sameDay }) => sameDay)]
}

describe('a file that leaves now', () => {
  test.each([
    // Monday 23 November 2026, Chicago is 6 hours behind UTC. The last cutoff for Tuesday is its same-day one.
    ['2026-11-23T15:00:00Z', '2026-11-24', ['2026-11-23T15:00:00.000Z', '2026-11-24T17:00:00.000Z', [false]]],
    ['2026-11-23T23:00:00.001Z', '2026-11-24', ['2026-11-23T23:00:00.001Z', '2026-11-24T17:00:00.000Z', [true]]],
    ['2026-11-24T16:40:00Z', '2026-11-24', ['2026-11-24T16:40:00.000Z', '2026-11-24T17:00:00.000Z', [true]]],
    // Friday the 27th is two banking days after Tuesday: Thursday is Thanksgiving.
    ['2026-11-24T18:00:00Z', '2026-11-27', ['2026-11-24T18:00:00.000Z', '2026-11-27T17:00:00.000Z', [false]]],
    // Monday the 30th is held until the 17:00 of Tuesday has passed and Wednesday begins.
    ['2026-11-24T18:00:00Z', '2026-11-30', ['2026-11-25T06:00:00.000Z', '2026-11-30T17:00:00.000Z', [false]]],
  ])('sent at %s for %s', (now, date, expected) => {
    expect(leaves(now, [batch(date)])).toEqual(expected)
  })

  test('is too late from the millisecond on in which a delivery has less than its margin to the last cutoff', () => {
    const cutoff = at('2026-11-24T17:00:00Z')
    expect(plan(cutoff - MARGIN_MS, [batch('2026-11-24')]).transmission).toBeDefined()
    expect(leaves(cutoff - MARGIN_MS + 1, [batch('2026-11-24')])).toEqual([
      '/batches/0/effectiveDate 2026-11-24 cannot be reached any more (2026-11-24 11:00 (America/Chicago) was the last cutoff for it); the next date that can is 2026-11-25',
    ])
  })

  test('debits wait a banking day longer than credits, and one debit makes a batch wait', () => {
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-25', debit)])[0]).toBe('2026-11-24T06:00:00.000Z')
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-25')])[0]).toBe('2026-11-23T15:00:00.000Z')
    const mixed = { entries: [...batch('2026-11-25').entries, ...debit.entries] }
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-25', mixed)])[0]).toBe('2026-11-24T06:00:00.000Z')
  })

  test('waits for the end of a night that still belongs to the day before', () => {
    // 27 November may be told from Tuesday the 24th on, which begins when Monday night's 01:30 has passed.
    const [opensAt] = leaves('2026-11-23T15:00:00Z', [batch('2026-11-27')], NIGHT)
    expect(opensAt).toBe('2026-11-24T09:30:00.001Z')
  })

  test('nothing is promised where the cutoffs are not known, and only what no bank can do is refused', () => {
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-24')], null)).toEqual([
      '2026-11-23T15:00:00.000Z',
      null,
      [false],
    ])
    expect(leaves('2026-11-24T21:45:00Z', [batch('2026-11-24')], null)).toEqual([
      '2026-11-24T21:45:00.000Z',
      null,
      [true],
    ])
    expect(leaves('2026-11-24T21:45:00.001Z', [batch('2026-11-24')], null)[0]).toContain('cannot be reached any more')
  })

  test('days on which nothing settles are refused by name', () => {
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-26')])).toEqual([
      '/batches/0/effectiveDate banks do not settle on 2026-11-26 (Thanksgiving Day); the next banking day is 2026-11-27',
    ])
  })

  test('a bank without a cutoff that takes the entries is told as such', () => {
    const sameDayOnly = { ...CHICAGO, cutoffs: CHICAGO.cutoffs.slice(0, 1) }
    const large = batch('2026-11-25', { entries: [{ amountCents: 100_000_001, direction: 'credit' }] })
    expect(leaves('2026-11-23T15:00:00Z', [large], sameDayOnly)[0]).toContain(
      'the bank connection has no cutoff that reaches a date',
    )
  })
})

describe('what settles the same day', () => {
  const today = '2026-11-24T15:00:00Z'
  const entry = (amountCents: number) => ({ amountCents, direction: 'credit' as const })

  test('one entry over the limit is named, and the date that it can have', () => {
    const entries = [entry(1), entry(100_000_000), entry(100_000_001)]
    expect(leaves(today, [batch('2026-11-24'), batch('2026-11-24', { entries })])).toEqual([
      '/batches/1/entries/2/amountCents is over $1,000,000.00, the most that an entry may carry to settle the same day, and 2026-11-24 can only be reached the same day: the next date that can is 2026-11-25',
    ])
    expect(leaves(today, [batch('2026-11-24', { entries: entries.slice(0, 2) })])[2]).toEqual([true])
  })

  test('never an IAT', () => {
    expect(leaves(today, [batch('2026-11-24', { secCode: 'IAT' })])[0]).toContain(
      '/batches/0/entries/0/amountCents is of IAT, which does not settle the same day',
    )
  })

  test('what cannot settle the same day has an earlier last cutoff', () => {
    const large = batch('2026-11-25', { entries: [entry(100_000_001)] })
    expect(leaves(today, [large])).toEqual(['2026-11-24T15:00:00.000Z', '2026-11-24T23:00:00.000Z', [false]])
    expect(leaves(today, [batch('2026-11-25'), large])[1]).toBe('2026-11-24T23:00:00.000Z')
  })
})

describe('several dates in one file', () => {
  test('go together as long as there is a moment at which the bank may have both', () => {
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-24'), batch('2026-11-25')])[1]).toBe(
      '2026-11-24T17:00:00.000Z',
    )
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-24'), batch('2026-12-01')])).toEqual([
      '/batches/0/effectiveDate 2026-11-24 is too far from 2026-12-01 in the same file: the bank takes 2026-12-01 only after the last cutoff for 2026-11-24, so make two files',
    ])
  })
})

describe('a file that waits', () => {
  const next = { when: 'nextCutoff' } as const

  test('leaves an hour before the next cutoff that reaches its date', () => {
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-24')], CHICAGO, next)[0]).toBe('2026-11-23T16:00:00.000Z')
    expect(leaves('2026-11-23T18:00:00Z', [batch('2026-11-24')], CHICAGO, next)[0]).toBe('2026-11-23T22:00:00.000Z')
    expect(leaves('2026-11-23T16:30:00Z', [batch('2026-11-24')], CHICAGO, next)[0]).toBe('2026-11-23T16:30:00.000Z')
  })

  test('takes the cutoff after where too little time is left', () => {
    const cutoff = at('2026-11-23T17:00:00Z')
    expect(plan(cutoff - MARGIN_MS, [batch('2026-11-25')], CHICAGO, next).transmission?.leavesAt).toBe(
      cutoff - MARGIN_MS,
    )
    expect(plan(cutoff - MARGIN_MS + 1, [batch('2026-11-25')], CHICAGO, next).transmission?.leavesAt).toBe(
      at('2026-11-23T23:00:00Z') - HOLD_MS,
    )
  })

  test('for a next cutoff the cutoffs must be known', () => {
    expect(leaves('2026-11-23T15:00:00Z', [batch('2026-11-24')], null, next)).toEqual([
      '/transmit/when needs the cutoffs of the bank: enter them at the bank connection, or send now or at a time',
    ])
  })

  test('leaves at the given time, at once when it has passed, and not before its date may be told', () => {
    const given = (text: string) => ({ when: 'at', at: text }) as const
    const on = (text: string, date = '2026-11-24') =>
      leaves('2026-11-23T15:00:00Z', [batch(date)], CHICAGO, given(text))
    expect(on('2026-11-23T20:00:00Z')[0]).toBe('2026-11-23T20:00:00.000Z')
    expect(on('2026-11-23T14:00:00Z')[0]).toBe('2026-11-23T15:00:00.000Z')
    expect(on('2026-11-23T20:00:00Z', '2026-11-30')[0]).toBe('2026-11-25T06:00:00.000Z')
    expect(on('2026-11-24T16:40:00Z')[0]).toBe('2026-11-24T16:40:00.000Z')
    expect(on('2026-11-24T16:40:00.001Z')).toEqual([
      '/transmit/at is too late for the dates of the file: send it at 2026-11-24 10:40 (America/Chicago) at the latest',
    ])
  })
})

describe('on the days clocks change', () => {
  test.each([
    // Forward on Sunday 8 March 2026: Friday's 17:00 in Chicago is 23:00 UTC, Monday's 11:00 is 16:00 UTC.
    ['2026-03-09T15:40:00Z', '2026-03-09', true],
    ['2026-03-09T15:40:00.001Z', '2026-03-09', false],
    // Back on Sunday 1 November 2026: Monday's 11:00 is 17:00 UTC again.
    ['2026-11-02T16:40:00Z', '2026-11-02', true],
    ['2026-11-02T16:40:00.001Z', '2026-11-02', false],
  ])('%s reaches %s: %s', (now, date, reaches) => {
    expect(plan(now, [batch(date)]).transmission !== undefined).toBe(reaches)
  })
})

const instant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2031, 0) })
const schedules = fc.constantFrom(CHICAGO, NIGHT, NEXT_DAY_ONLY, OPERATOR_SCHEDULE)
const transmits = fc.oneof(
  fc.constant({ when: 'now' } as const),
  fc.constant({ when: 'nextCutoff' } as const),
  fc.integer({ min: -2 * 1440, max: 4 * 1440 }).map((minutes) => ({ when: 'after', minutes }) as const),
)
const batches = fc.array(
  fc.record({
    ahead: fc.integer({ min: 0, max: 8 }),
    direction: fc.constantFrom('credit' as const, 'debit' as const),
    amountCents: fc.constantFrom(1, 100_000_000, 100_000_001),
  }),
  { minLength: 1, maxLength: 3 },
)

test('whatever leaves is taken by a cutoff that reaches every date, and by none that would be too early for one', () => {
  fc.assert(
    fc.property(instant, schedules, batches, transmits, (now, cutoffs, given, wish) => {
      const today = new Date(now).toISOString().slice(0, 10)
      const file = given.map(({ ahead, direction, amountCents }) =>
        batch(addBankingDays(addBankingDays(today, -1), ahead + 1), { entries: [{ amountCents, direction }] }),
      )
      const transmit =
        wish.when === 'after' ? { when: 'at' as const, at: new Date(now + wish.minutes * MINUTE).toISOString() } : wish
      const { transmission, problems } = plan(now, file, cutoffs, transmit)
      if (transmission === undefined) {
        expect(problems.length).toBeGreaterThan(0)
        return
      }
      expect(transmission.leavesAt).toBeGreaterThanOrEqual(now)
      expect(transmission.deliverBy).toBeGreaterThanOrEqual(transmission.leavesAt + MARGIN_MS)
      const open = openCutoffs(transmission.leavesAt, cutoffs)
      for (const [index, { effectiveDate, entries }] of file.entries()) {
        const [entry] = entries
        if (entry === undefined) throw new Error('every batch has an entry')
        const isSmall = entry.amountCents <= 100_000_000
        const taken = open.find((each) => each.effectiveDate <= effectiveDate && (isSmall || each.cutoff.leadDays > 0))
        expect(taken?.cutoffAt).toBeGreaterThanOrEqual(transmission.leavesAt)
        expect(effectiveDate <= addBankingDays(open[0]?.processingDay ?? '', MAXIMUM_LEAD_DAYS[entry.direction])).toBe(
          true,
        )
        expect(isBankingDay(effectiveDate)).toBe(true)
        expect(transmission.batches[index]?.sameDay).toBe(taken?.processingDay === effectiveDate)
        if (transmission.batches[index]?.sameDay === true) expect(isSmall).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
