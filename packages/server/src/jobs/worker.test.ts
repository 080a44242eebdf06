import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test, vi } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'
import { enqueueJob, type Job, type JobOutcome, type Lease, LeaseLost } from './jobs.ts'
import { jobStore } from './store.ts'
import { jobs } from './table.ts'
import { createWorker, type WorkerOptions } from './worker.ts'

const start = Date.parse('2026-11-21T10:00:00Z')
/** A server answers later than a file. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })

async function freshQueue() {
  const home = await startHome()
  const databases = await home.open()
  onTestFinished(async () => {
    await databases.close()
    await home.close()
  })
  const [tenant] = databases.tenants()
  if (!tenant) throw new Error('there is a tenant database')
  const storage = byHand(tenant)
  let time = start
  const now = () => new Date(time)
  const errors: unknown[] = []
  return {
    storage,
    now,
    errors,
    pass: (ms: number) => (time += ms),
    worker(handle: (job: Job, lease: Lease) => Promise<JobOutcome>, options: Partial<WorkerOptions> = {}) {
      const onError = (error: unknown) => errors.push(error)
      return createWorker({
        storage: tenant,
        owner: 'one',
        now,
        random: () => 0.5,
        handlers: { send: handle },
        onError,
        ...options,
      })
    },
    add: (
      id: string,
      job: {
        organizationId?: string
        dedupeKey?: string
        runAt?: Date
        maxAttempts?: number
        kind?: string
        queue?: string
      } = {},
    ) =>
      storage.write((tx) =>
        enqueueJob(tx, {
          id,
          organizationId: 'org_1',
          kind: 'send',
          payload: { id },
          dedupeKey: id,
          runAt: now(),
          ...job,
        }),
      ),
    async job(id: string) {
      const [row] = await storage.read.select().from(jobs).where(eq(jobs.id, id))
      return row
    },
  }
}

const done = async (): Promise<JobOutcome> => ({ done: true })

test('an organization whose jobs could not be written down gets its places back when their leases are over', async () => {
  const queue = await freshQueue()
  for (const id of ['job_1', 'job_2']) await queue.add(id, { queue: id })
  const at = { due: queue.now(), lease: queue.now() }
  const until = new Date(start + 60_000)
  for (let taken = 0; taken < 2; taken++) {
    expect(await queue.storage.write((tx) => jobStore(tx).claim('one', at, until))).not.toBeNull()
  }
  const worker = queue.worker(done, { mostOfOne: 2 })
  await queue.add('job_3', { queue: 'job_3' })
  expect(await worker.runOnce()).toBe(false)
  queue.pass(60_001)
  while (await worker.runOnce());
  for (const id of ['job_1', 'job_2', 'job_3']) expect((await queue.job(id))?.state).toBe('done')
})

test('a job under way is not taken from its worker by moving the clock of business, and what falls due by it is done', async () => {
  const queue = await freshQueue()
  let aheadMs = 0
  const leaseNow = queue.now
  const now = () => new Date(queue.now().getTime() + aheadMs)
  let reached = () => {}
  let resume = () => {}
  const started = new Promise<void>((resolve) => (reached = resolve))
  const resumed = new Promise<void>((resolve) => (resume = resolve))
  const done: string[] = []
  const handle = async (job: Job, lease: Lease): Promise<JobOutcome> => {
    if (job.id === 'job_1') {
      reached()
      await resumed
      await lease.assertHeld()
    }
    done.push(`${job.id} attempt ${job.attempt}`)
    return { done: true }
  }
  await queue.add('job_1')
  await queue.add('job_2', { kind: 'other', runAt: new Date(start + 3 * 86_400_000) })
  const [first, second] = ['one', 'two'].map((owner) =>
    queue.worker(handle, { owner, now, leaseNow, handlers: { send: handle, other: handle } }),
  )
  const work = first?.runOnce()
  await started
  expect(await second?.runOnce()).toBe(false)
  aheadMs = 4 * 86_400_000
  expect(await second?.runOnce()).toBe(true)
  expect(await second?.runOnce()).toBe(false)
  resume()
  await work
  expect(done).toEqual(['job_2 attempt 1', 'job_1 attempt 1'])
  expect(queue.errors).toEqual([])
})

test('a job that became necessary in a transaction is there exactly when the transaction is', async () => {
  const queue = await freshQueue()
  const failing = queue.storage.write(async (tx) => {
    await enqueueJob(tx, {
      id: 'a',
      organizationId: 'org_1',
      kind: 'send',
      payload: 1,
      dedupeKey: 'a',
      runAt: queue.now(),
    })
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  expect(await queue.worker(done).runOnce()).toBe(false)
  await queue.add('b')
  expect(await queue.worker(done).runOnce()).toBe(true)
  expect(await queue.job('b')).toMatchObject({ state: 'done', attempts: 1, leaseOwner: null })
})

test('a dedupe key is used once per organization', async () => {
  const queue = await freshQueue()
  await queue.add('a', { dedupeKey: 'same' })
  await queue.add('b', { dedupeKey: 'same' })
  await queue.add('c', { dedupeKey: 'same', organizationId: 'org_2' })
  expect([await queue.job('a'), await queue.job('b'), await queue.job('c')].map((job) => job !== undefined)).toEqual([
    true,
    false,
    true,
  ])
})

test('the job that has been due longest comes first, and none before its time', async () => {
  const queue = await freshQueue()
  const order: string[] = []
  const worker = queue.worker(async (job) => {
    order.push(job.id)
    return { done: true }
  })
  await queue.add('later', { runAt: new Date(start + 1000) })
  await queue.add('second', { runAt: new Date(start - 1000) })
  await queue.add('first', { runAt: new Date(start - 2000) })
  while (await worker.runOnce());
  expect(order).toEqual(['first', 'second'])
  queue.pass(1000)
  expect(await worker.runOnce()).toBe(true)
  expect(order).toEqual(['first', 'second', 'later'])
})

test('two workers never do one job at the same time', async () => {
  const queue = await freshQueue()
  for (let n = 0; n < 20; n++) await queue.add(`job${n}`, { organizationId: `org_${n % 3}` })
  const underWay = new Map<string, number>()
  const counts: number[] = []
  const handle = async (job: Job): Promise<JobOutcome> => {
    const open = (underWay.get(job.organizationId) ?? 0) + 1
    underWay.set(job.organizationId, open)
    counts.push(open)
    await new Promise((resolve) => setImmediate(resolve))
    underWay.set(job.organizationId, open - 1)
    return { done: true }
  }
  const workers = ['one', 'two', 'three'].map((owner) => queue.worker(handle, { owner, pollMs: 5 }))
  for (const worker of workers) worker.start()
  await eventually(async () => {
    const rows = await queue.storage.read.select().from(jobs)
    expect(rows.every(({ state, attempts }) => state === 'done' && attempts === 1)).toBe(true)
  })
  for (const worker of workers) await worker.stop()
  expect(counts).toHaveLength(20)
  expect(Math.max(...counts), 'one at a time per organization and kind').toBe(1)
  expect(queue.errors).toEqual([])
})

test('jobs of one organization wait for each other only within their kind', async () => {
  const queue = await freshQueue()
  const inside = Promise.withResolvers<JobOutcome>()
  const worker = queue.worker(() => inside.promise, { handlers: { send: () => inside.promise, fetch: done } })
  await queue.add('a')
  await queue.add('b')
  await queue.add('c', { kind: 'fetch' })
  const first = worker.runOnce()
  await eventually(async () => expect((await queue.job('a'))?.state).toBe('leased'))
  expect(await worker.runOnce()).toBe(true)
  expect((await queue.job('c'))?.state).toBe('done')
  expect(await worker.runOnce()).toBe(false)
  inside.resolve({ done: true })
  await first
  expect(await worker.runOnce()).toBe(true)
})

test('a job whose worker went silent goes to another, which has a higher token; the first one can record nothing more', async () => {
  const queue = await freshQueue()
  await queue.add('a')
  const silent = Promise.withResolvers<JobOutcome>()
  let leaseOfFirst: Lease | undefined
  const first = queue.worker((_job, lease) => {
    leaseOfFirst = lease
    return silent.promise
  })
  const running = first.runOnce()
  await eventually(() => expect(leaseOfFirst).toBeDefined())
  await expect(leaseOfFirst?.assertHeld()).resolves.toBeUndefined()

  const tokens: number[] = []
  const second = queue.worker(
    async (job) => {
      tokens.push(job.attempt)
      return { done: true }
    },
    { owner: 'two' },
  )
  expect(await second.runOnce(), 'the lease still stands').toBe(false)
  queue.pass(60_001)
  expect(await second.runOnce()).toBe(true)
  expect(tokens).toEqual([2])

  await expect(leaseOfFirst?.assertHeld()).rejects.toThrow(LeaseLost)
  await expect(queue.storage.write(async (tx) => leaseOfFirst?.assertHeld(tx))).rejects.toThrow(LeaseLost)
  silent.resolve({ retryAt: queue.now(), error: 'too late' })
  await running
  expect(queue.errors).toEqual([expect.any(LeaseLost)])
  expect(await queue.job('a')).toMatchObject({ state: 'done', attempts: 2 })
})

test('a heartbeat keeps the lease of a job that takes long', async () => {
  const queue = await freshQueue()
  await queue.add('a')
  const long = Promise.withResolvers<JobOutcome>()
  const running = queue.worker(() => long.promise, { heartbeatMs: 5 }).runOnce()
  await eventually(async () => expect((await queue.job('a'))?.state).toBe('leased'))
  for (let minute = 1; minute <= 3; minute++) {
    queue.pass(50_000)
    const until = new Date(queue.now().getTime() + 60_000).toISOString()
    await eventually(async () => expect((await queue.job('a'))?.leaseUntil).toBe(until))
    expect(await queue.worker(done, { owner: 'two' }).runOnce()).toBe(false)
  }
  long.resolve({ done: true })
  expect(await running).toBe(true)
  expect(await queue.job('a')).toMatchObject({ state: 'done', attempts: 1 })
})

test('a heartbeat that finds the lease gone aborts the work', async () => {
  const queue = await freshQueue()
  await queue.add('a')
  let signal: AbortSignal | undefined
  const first = queue.worker(
    (_job, lease) => {
      signal = lease.signal
      return new Promise((_resolve, reject) =>
        lease.signal.addEventListener('abort', () => reject(lease.signal.reason)),
      )
    },
    { heartbeatMs: 5, leaseMs: -1 },
  )
  const running = first.runOnce()
  await eventually(() => expect(signal).toBeDefined())
  await queue.worker(done, { owner: 'two' }).runOnce()
  await running
  expect(signal?.aborted).toBe(true)
  expect(await queue.job('a')).toMatchObject({ state: 'done', attempts: 2 })
})

test('what a handler throws is tried again later, and dead after the last attempt; the text of the error is not kept', async () => {
  const queue = await freshQueue()
  await queue.add('a', { maxAttempts: 2 })
  const worker = queue.worker(() => Promise.reject(new RangeError('account 123456789')))
  await worker.runOnce()
  const runAt = new Date(start + 2500).toISOString()
  expect(await queue.job('a')).toMatchObject({ state: 'ready', attempts: 1, runAt, lastError: 'RangeError' })
  expect(await worker.runOnce()).toBe(false)
  queue.pass(2500)
  await worker.runOnce()
  expect(await queue.job('a')).toMatchObject({ state: 'dead', attempts: 2, lastError: 'RangeError' })
  queue.pass(3_600_000)
  expect(await worker.runOnce()).toBe(false)
})

test('a handler says itself when to try again or that it is hopeless', async () => {
  const queue = await freshQueue()
  await queue.add('a')
  const retryAt = new Date(start + 7000)
  await queue.worker(async () => ({ retryAt, error: 'the bank is closed' })).runOnce()
  expect(await queue.job('a')).toMatchObject({
    state: 'ready',
    runAt: retryAt.toISOString(),
    lastError: 'the bank is closed',
  })
  queue.pass(7000)
  await queue.worker(async () => ({ dead: true, error: 'wrong password' })).runOnce()
  expect(await queue.job('a')).toMatchObject({ state: 'dead', lastError: 'wrong password' })
})

test('a worker that dies in its last attempt leaves a dead job, not one that runs for ever', async () => {
  const queue = await freshQueue()
  await queue.add('a', { maxAttempts: 1 })
  const never = Promise.withResolvers<JobOutcome>()
  const crashed = queue.worker(() => never.promise).runOnce()
  await eventually(async () => expect((await queue.job('a'))?.state).toBe('leased'))
  queue.pass(60_001)
  let isCalled = false
  await queue
    .worker(
      async () => {
        isCalled = true
        return { done: true }
      },
      { owner: 'two' },
    )
    .runOnce()
  expect(isCalled).toBe(false)
  expect(await queue.job('a')).toMatchObject({ state: 'dead' })
  never.resolve({ done: true })
  await crashed
})

test('a job nobody can do is dead with a reason', async () => {
  const queue = await freshQueue()
  await queue.add('a', { kind: 'unheard-of' })
  await queue.worker(done).runOnce()
  expect(await queue.job('a')).toMatchObject({
    state: 'dead',
    lastError: 'There is no handler for jobs of kind unheard-of.',
  })
})

test('a woken worker starts at once, and a stopped one ends what it began and begins no more', async () => {
  const queue = await freshQueue()
  const inside = Promise.withResolvers<JobOutcome>()
  const began: string[] = []
  const worker = queue.worker(
    (job) => {
      began.push(job.id)
      return inside.promise
    },
    { pollMs: 60_000 },
  )
  worker.start()
  await queue.add('a')
  worker.wake()
  await eventually(() => expect(began).toEqual(['a']))
  await queue.add('b')
  const stopped = worker.stop()
  inside.resolve({ done: true })
  await stopped
  expect((await queue.job('a'))?.state).toBe('done')
  expect((await queue.job('b'))?.state).toBe('ready')
})

test('jobs of one queue go one by one, and those of another do not wait for them', async () => {
  const queue = await freshQueue()
  await queue.add('a1', { queue: 'a' })
  await queue.add('a2', { queue: 'a' })
  await queue.add('b1', { queue: 'b' })
  const begun: string[] = []
  const hang = Promise.withResolvers<JobOutcome>()
  const worker = queue.worker(async ({ id }) => {
    begun.push(id)
    return id === 'a1' ? hang.promise : { done: true }
  })
  const first = worker.runOnce()
  await eventually(() => expect(begun).toEqual(['a1']))
  expect([await worker.runOnce(), await worker.runOnce()]).toEqual([true, false])
  expect(begun).toEqual(['a1', 'b1'])
  hang.resolve({ done: true })
  await first
  expect([await worker.runOnce(), begun.at(-1)]).toEqual([true, 'a2'])
})

test('what waits in a queue can be put off together; what is later stays so', async () => {
  const queue = await freshQueue()
  const later = (ms: number) => new Date(start + ms)
  await queue.add('a1', { queue: 'a' })
  await queue.add('a2', { queue: 'a', runAt: later(60_000) })
  await queue.add('b1', { queue: 'b' })
  const place = { organizationId: 'org_1', kind: 'send', queue: 'a' }
  await queue.storage.write((tx) => jobStore(tx).postpone(place, later(10_000)))
  const due = async (id: string) => (await queue.job(id))?.runAt
  expect([await due('a1'), await due('a2'), await due('b1')]).toEqual(
    [10_000, 60_000, 0].map((ms) => later(ms).toISOString()),
  )
})

test('workers that do different kinds leave each other their work', async () => {
  const queue = await freshQueue()
  await queue.add('call', { kind: 'call' })
  await queue.add('send')
  const done: string[] = []
  const handle = async ({ kind }: Job): Promise<JobOutcome> => {
    done.push(kind)
    return { done: true }
  }
  const handlers = { send: handle, call: handle }
  const callers = queue.worker(handle, { handlers, kinds: { only: ['call'] } })
  const others = queue.worker(handle, { handlers, kinds: { except: ['call'] } })
  expect([await others.runOnce(), await others.runOnce(), await callers.runOnce(), await callers.runOnce()]).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect(done).toEqual(['send', 'call'])
})
