import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { ownedBy } from '../storage/owned-by.ts'
import { processLayout, startHome } from '../storage/testing/home.ts'
import { createWorker, enqueueJob } from './jobs.ts'

const packageFolder = fileURLToPath(new URL('../../', import.meta.url))

const dyingWorker = `
  import { openHome } from './src/storage/testing/home.ts'
  import { createWorker } from './src/jobs/jobs.ts'
  const databases = await openHome(process.argv[1])
  const [storage] = databases.tenants()
  const send = async (job) => {
    console.log('attempt ' + job.attempt)
    await new Promise(() => {})
  }
  const now = () => new Date()
  createWorker({ storage, owner: 'first', now, random: () => 0, handlers: { send }, onError: console.error }).start()
  setInterval(() => {}, 1000)`

test('a job whose process was killed is done by the next process, with a higher token, once its lease is over', async () => {
  const home = await startHome({ layout: processLayout() })
  onTestFinished(() => home.close())
  const before = await home.open()
  const [tenant] = before.tenants()
  if (!tenant) throw new Error('there is a tenant database')
  await ownedBy('org_1', tenant).write((tx) =>
    enqueueJob(tx, {
      id: 'job_1',
      organizationId: 'org_1',
      kind: 'send',
      payload: 1,
      dedupeKey: 'd',
      runAt: new Date(0),
    }),
  )
  await before.close()

  const child = spawn(
    process.execPath,
    ['--conditions=@fistworks/source', '--input-type=module', '-e', dyingWorker, home.folder],
    {
      cwd: packageFolder,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data).trim())))
  expect(said).toBe('attempt 1')
  const gone = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGKILL')
  await gone

  const after = await home.open()
  onTestFinished(() => after.close())
  const [storage] = after.tenants()
  if (!storage) throw new Error('there is a tenant database')
  const tokens: number[] = []
  let time = Date.now()
  const worker = createWorker({
    storage,
    owner: 'second',
    now: () => new Date(time),
    random: () => 0,
    onError: () => {},
    handlers: {
      async send(job) {
        tokens.push(job.attempt)
        return { done: true }
      },
    },
  })
  expect(await worker.runOnce(), 'the lease of the dead process still stands').toBe(false)
  time += 61_000
  expect(await worker.runOnce()).toBe(true)
  expect(tokens).toEqual([2])
})
