import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { clockAfter } from './clock-moves.ts'
import { openSandboxClock, sandboxClockOf } from './sandbox-clock.ts'

const MONDAY = new Date('2026-11-23T15:00:00Z')
let folder: string
let real: Date

beforeEach(async () => {
  real = MONDAY
  folder = await mkdtemp(join(tmpdir(), 'fistworks-clock-'))
  return () => rm(folder, { recursive: true, force: true })
})
const open = () => openSandboxClock(folder, () => real)

test('is the real time until it is moved, and goes on by itself afterwards; the time of people stays', async () => {
  const clock = open()
  expect(clock.now()).toEqual(MONDAY)
  await clock.moveTo(new Date('2026-11-25T15:00:00Z'))
  real = new Date(real.getTime() + 5_000)
  expect(clock.now().toISOString()).toBe('2026-11-25T15:00:05.000Z')
  expect(clock.peopleNow()).toEqual(real)
})

test('is where it was after a restart, in a file for this user alone', async () => {
  await open().moveTo(new Date('2026-12-24T15:00:00Z'))
  expect(open().now().toISOString()).toBe('2026-12-24T15:00:00.000Z')
  expect((await stat(join(folder, 'clock.json'))).mode & 0o777).toBe(0o600)
})

test('never goes back, whatever moves come together', async () => {
  const moves = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(moves, async (steps) => {
      const clock = open()
      let last = clock.now()
      clock.onMoved(() => {
        expect(clock.now() >= last).toBe(true)
        last = clock.now()
      })
      await Promise.allSettled(steps.map((step) => clock.moveTo(new Date(clock.now().getTime() + step * 1000))))
      expect(clock.now() >= last).toBe(true)
    }),
    { numRuns: 30 },
  )
})

test('what follows a move happens before the move is over, in the order it was told', async () => {
  const clock = open()
  const seen: string[] = []
  clock.onMoved(async () => {
    await Promise.resolve()
    seen.push(`bank at ${clock.now().toISOString()}`)
  })
  clock.onMoved(() => void seen.push('workers'))
  await clock.moveTo(new Date('2026-11-24T15:00:00Z'))
  expect(seen).toEqual(['bank at 2026-11-24T15:00:00.000Z', 'workers'])
})

test('a file that does not say how far it is ahead keeps the server from starting: the time would go back', async () => {
  await writeFile(join(folder, 'clock.json'), '{"aheadMs":-5}\n')
  expect(open).toThrow('Put it back')
})

test.each([new Date('2026-11-23T14:59:59Z'), new Date('2047-01-01T00:00:00Z'), new Date(Number.NaN)])(
  'refuses %s',
  async (at) => {
    const clock = open()
    await expect(clock.moveTo(at)).rejects.toThrow()
    expect(clock.now()).toEqual(MONDAY)
  },
)

test.each([
  ['2026-11-25T15:00:00Z', '2026-11-27T14:00:00.000Z', 'over Thanksgiving'],
  ['2026-11-28T15:00:00Z', '2026-11-30T14:00:00.000Z', 'over a weekend'],
  ['2027-03-12T15:00:00Z', '2027-03-15T13:00:00.000Z', 'over the change to summer time'],
  ['2026-11-24T04:30:00Z', '2026-11-24T14:00:00.000Z', 'late in the evening in New York it is still the day before'],
])('the next banking day after %s is %s: %s', (from, to) => {
  expect(clockAfter({ by: 'bankingDay' }, new Date(from)).toISOString()).toBe(to)
})

test('live mode has no such clock, also where one was moved in the same folder', async () => {
  await open().moveTo(new Date('2026-12-24T15:00:00Z'))
  expect(sandboxClockOf({ mode: 'live', dataFolder: folder })).toBeNull()
  expect(sandboxClockOf({ mode: 'development', dataFolder: folder })).not.toBeNull()
})
