import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { sequences } from './sequence-store.ts'

let tenants: TestTenants
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

class Undone extends Error {}

/** Takes `count` numbers in a transaction of its own; an undone one takes none. */
async function take(organization: TestOrganization, odfi: string, count: number, isUndone: boolean) {
  const first = await organization.storage
    .write(async (tx) => {
      const taken = await sequences(tx, organization.id).traces(odfi, count)
      if (isUndone) throw new Undone()
      return taken
    })
    .catch((error: unknown) => {
      if (error instanceof Undone) return null
      throw error
    })
  return first === null ? [] : Array.from({ length: count }, (_, index) => first + index)
}

describe('trace numbers', () => {
  it('have neither gap nor repeat per organization and bank, however many ask at once and however many give up', async () => {
    const asked = fc.record({
      who: fc.nat({ max: 1 }),
      odfi: fc.constantFrom('12104288', '09100001'),
      count: fc.integer({ min: 1, max: 2_000 }),
      isUndone: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 25 }), async (asks) => {
        const organizations = [await tenants.organization(), await tenants.organization()] as const
        const taken = await Promise.all(
          asks.map(({ who, odfi, count, isUndone }) =>
            take(who === 0 ? organizations[0] : organizations[1], odfi, count, isUndone),
          ),
        )
        for (const who of [0, 1]) {
          for (const odfi of ['12104288', '09100001']) {
            const mine = taken.filter((_, index) => asks[index]?.who === who && asks[index]?.odfi === odfi).flat()
            mine.sort((a, b) => a - b)
            expect(mine).toEqual(mine.map((_, index) => index + 1))
          }
        }
      }),
      { numRuns: 25 },
    )
  })

  it('begin a new round when the seven digits are used up, and keep one file together', async () => {
    const organization = await tenants.organization()
    const next = (count: number) =>
      organization.storage.write((tx) => sequences(tx, organization.id).traces('1', count))
    expect(await next(9_999_990)).toBe(1)
    expect(await next(9)).toBe(9_999_991)
    expect(await next(2)).toBe(1)
    expect(await next(1)).toBe(3)
  })
})
