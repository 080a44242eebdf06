import { describe, expect, test } from 'vitest'
import { BankCutoffs } from './bank-cutoffs.ts'

describe('cutoffs', () => {
  const times = [
    { by: '10:30', leadDays: 0 },
    { by: '17:00', leadDays: 1 },
    { by: '02:15', leadDays: 1, dayAfter: true },
  ]
  test('are taken in the order of the day, with the night at its end', () => {
    expect(BankCutoffs.safeParse({ timeZone: 'America/New_York', times }).success).toBe(true)
  })
  test.each<[string, object, (string | number)[]]>([
    ['no such clock', { timeZone: 'America/Gotham', times }, ['timeZone']],
    ['no time', { timeZone: 'UTC', times: [] }, ['times']],
    ['not in order', { timeZone: 'UTC', times: times.toReversed() }, ['times', 1, 'by']],
    ['twice the same', { timeZone: 'UTC', times: [times[0], times[0]] }, ['times', 1, 'by']],
    ['no time of the day', { timeZone: 'UTC', times: [{ by: '24:00', leadDays: 0 }] }, ['times', 0, 'by']],
    ['too far ahead', { timeZone: 'UTC', times: [{ by: '10:00', leadDays: 3 }] }, ['times', 0, 'leadDays']],
  ])('%s is refused where it stands', (_name, cutoffs, path) => {
    expect(BankCutoffs.safeParse(cutoffs).error?.issues[0]?.path).toEqual(path)
  })
})
