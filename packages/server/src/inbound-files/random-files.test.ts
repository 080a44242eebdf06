import { makeNotifications, makeReturns, mergeFiles } from '@fistworks/nacha'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retrieveAchFile } from '../ach-files/service.ts'
import { listReturns } from '../returns/service.ts'
import { levelsOf, returnRates } from '../returns/rates.ts'
import { createInboundWorld, type InboundWorld, stamp } from './testing/inbound.ts'

const CODES = ['R01', 'R02', 'R03', 'R09', 'R10', 'R29'] as const

interface Plan {
  payments: { amountCents: number; direction: 'credit' | 'debit' }[]
  /** By payment: what the bank says, if anything. */
  answers: (string | null)[]
  /** Which file each answer stands in, and in which more it stands again. */
  files: { first: number; again: number[] }[]
  order: number[]
}

const FILES = 3
const plans: fc.Arbitrary<Plan> = fc
  .array(
    fc.record({ amountCents: fc.integer({ min: 1, max: 99_999 }), direction: fc.constantFrom('credit', 'debit') }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .chain((payments) => {
    const each = <T>(item: fc.Arbitrary<T>) =>
      fc.array(item, { minLength: payments.length, maxLength: payments.length })
    const file = fc.nat(FILES - 1)
    return fc.record({
      payments: fc.constant(payments as Plan['payments']),
      answers: each(fc.option(fc.constantFrom(...CODES, 'C01'), { nil: null })),
      files: each(fc.record({ first: file, again: fc.array(file, { maxLength: 2 }) })),
      order: fc.shuffledSubarray([0, 1, 2], { minLength: FILES, maxLength: FILES }),
    })
  })

/** R29 and R10 are for debits, of different SEC codes; a credit comes back as R03 instead. */
function codeFor(plan: Plan, index: number): string | null {
  const code = plan.answers[index] ?? null
  if (code === null || code === 'C01') return code
  if (plan.payments[index]?.direction === 'credit') return code === 'R02' ? 'R02' : 'R03'
  return code === 'R10' ? 'R29' : code
}

async function carryOut(world: InboundWorld, plan: Plan, round: number) {
  const submitted = await world.submit(plan.payments)
  const parts = Array.from({ length: FILES }, () => [] as NonNullable<ReturnType<typeof makeReturns>['file']>[])
  for (const index of plan.payments.keys()) {
    const code = codeFor(plan, index)
    if (code === null) continue
    const order = { batch: 0, entry: index }
    const when = stamp(index + 1)
    const made =
      code === 'C01'
        ? makeNotifications(
            submitted.nacha,
            [{ ...order, correction: { changeCode: 'C01', accountNumber: `77${index}` } }],
            when,
          )
        : makeReturns(submitted.nacha, [{ ...order, code }], when)
    expect(made.problems).toEqual([])
    const { first, again } = plan.files[index] ?? { first: 0, again: [] }
    for (const file of new Set([first, ...again])) if (made.file !== null) parts[file]?.push(made.file)
  }
  for (const place of plan.order) {
    const [first, ...others] = parts[place] ?? []
    if (first === undefined) continue
    const merged = others.length === 0 ? first : (mergeFiles([first, ...others]).files[0]?.file ?? null)
    await world.put(`r${round}-${place}.ach`, merged)
    if (place % 2 === 0) await world.poll()
  }
  await world.poll()
  return submitted
}

test('whatever the order, doubled and split over files: each return once, each entry its outcome, and the rates recounted', async () => {
  const world = await createInboundWorld()
  let round = 0
  const sent: { direction: string; code: string | null }[] = []
  try {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        round += 1
        const { file } = await carryOut(world, plan, round)
        const shown = await world.organization.read((ctx) => retrieveAchFile(ctx, file.id))
        const expected = plan.payments.map((_, index) => codeFor(plan, index))
        const entries = shown.batches[0]?.entries ?? []
        expect(entries.map(({ outcome }) => outcome?.code ?? null)).toEqual(expected)
        const returned = expected.flatMap((code) => (code === null || code === 'C01' ? [] : [code]))
        expect(shown.outcome.returned).toBe(returned.length)
        const rows = (await world.organization.read((ctx) => listReturns(ctx, { achFileId: file.id, limit: 200 }))).data
        expect(rows.map(({ code }) => code).sort()).toEqual(returned.sort())
        expect(rows.every(({ unmatched, repeats }) => unmatched === null && repeats === null)).toBe(true)

        sent.push(...plan.payments.map(({ direction }, index) => ({ direction, code: expected[index] ?? null })))
        const debits = sent.filter(({ direction }) => direction === 'debit')
        const { rates } = await world.organization.read((ctx) => returnRates(ctx.db, ctx.organizationId, ctx.now))
        expect(rates.map(({ debitCount }) => debitCount)).toEqual(debits.length === 0 ? [] : [debits.length])
        for (const level of rates[0]?.levels ?? []) {
          const counted = debits.filter(({ code }) => code?.startsWith('R') && (level.codes?.includes(code) ?? true))
          expect(level.returnedCount).toBe(counted.length)
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
    expect(world.errors).toEqual([])
    const { data } = await world.organization.read((ctx) => listReturns(ctx, { unmatched: 'true' }))
    expect(data).toEqual([])
  } finally {
    await world.close()
  }
}, 120_000)

test('the levels of a rate are those of a naive count', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000 }),
      fc.dictionary(
        fc.constantFrom('R01', 'R02', 'R03', 'R05', 'R07', 'R10', 'R16', 'R29'),
        fc.integer({ min: 1, max: 50 }),
      ),
      (debitCount, counts) => {
        const levels = levelsOf({ secCode: 'PPD', debitCount, returnCounts: new Map(Object.entries(counts)) })
        const sums = { unauthorized: ['R05', 'R07', 'R10', 'R11', 'R29', 'R51'], administrative: ['R02', 'R03', 'R04'] }
        const limits = { unauthorized: 0.005, administrative: 0.03, overall: 0.15 }
        for (const { level, returnedCount, state } of levels) {
          const codes = level === 'overall' ? Object.keys(counts) : sums[level]
          const naive = codes.reduce((sum, code) => sum + (counts[code] ?? 0), 0)
          expect(returnedCount).toBe(naive)
          // In whole numbers: 0.8 of a limit cannot be told exactly in fractions.
          const [share, bound] = [naive * 100_000, Math.round(limits[level] * 1_000) * debitCount * 100]
          const expected = share > bound ? 'exceeded' : naive > 0 && share * 10 >= bound * 8 ? 'warning' : 'fine'
          expect(state).toBe(expected)
        }
      },
    ),
  )
})
