import { expect, onTestFinished, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'
import { pruneJobs } from './prune.ts'
import { jobs } from './table.ts'

const NOW = new Date('2026-11-23T15:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString()

test('what was done 30 days ago goes, in parts; what is dead, waits or is newer stays', async () => {
  const home = await startHome()
  const databases = await home.open()
  onTestFinished(async () => {
    await databases.close()
    await home.close()
  })
  const [storage] = databases.tenants()
  if (storage === undefined) throw new Error('There is no tenant database.')
  const hand = byHand(storage)
  const add = (id: string, state: 'ready' | 'done' | 'dead', finishedAt: string | null) =>
    hand.write((tx) =>
      tx.insert(jobs).values({
        organizationId: `org_${id.length % 2}`,
        id,
        kind: 'send',
        payload: {},
        dedupeKey: id,
        state,
        runAt: daysAgo(60),
        maxAttempts: 8,
        finishedAt,
      }),
    )
  await add('old', 'done', daysAgo(30.1))
  await add('older', 'done', daysAgo(60))
  await add('new', 'done', daysAgo(29.9))
  await add('dead', 'dead', daysAgo(60))
  await add('waits', 'ready', null)
  expect(await pruneJobs(storage, NOW)).toBe(2)
  expect(await pruneJobs(storage, NOW)).toBe(0)
  const left = await hand.read.select({ id: jobs.id }).from(jobs)
  expect(left.map(({ id }) => id).toSorted()).toEqual(['dead', 'new', 'waits'])
})
