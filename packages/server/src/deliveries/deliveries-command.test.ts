import { expect, onTestFinished, test } from 'vitest'
import { controlAuditEventStore } from '../audit/audit.ts'
import { SERVER } from '../audit/denials.ts'
import { ownedBy } from '../storage/owned-by.ts'
import { startHome } from '../storage/testing/home.ts'
import { requestOf } from './deliveries-command.ts'
import { answerDeliveriesRequest } from './operator-request.ts'
import { createStopCheck } from './stop-check.ts'

test.each([
  [['status'], { do: 'deliveries.status' }],
  [['resume'], { do: 'deliveries.resume' }],
  [['stop', '--reason', 'a fault'], { do: 'deliveries.stop', reason: 'a fault' }],
])('%j is understood', (words, request) => {
  expect(requestOf(words)).toEqual({ request, isDevelopment: false })
  expect(requestOf([...words, '--dev'])).toEqual({ request, isDevelopment: true })
})

test.each([
  [[]],
  [['stop']],
  [['stop', '--reason', ' ']],
  [['resume', '--reason', 'x']],
  [['stop', 'now']],
  [['halt']],
])('%j is not guessed at', (words) => {
  expect(requestOf(words)).toBeNull()
})

test('a stop holds for every organization at once, says since when and why, and is in the log', async () => {
  const home = await startHome()
  const databases = await home.open()
  onTestFinished(async () => {
    await databases.close()
    await home.close()
  })
  const { control } = databases
  const office = { control, now: () => new Date('2026-11-23T15:00:00Z') }
  const [tenant] = databases.tenants()
  if (tenant === undefined) throw new Error('There is no tenant database.')
  const check = () => createStopCheck(control)(ownedBy('org_1', tenant).read, 'org_1')
  expect(await check()).toBeNull()
  expect(await answerDeliveriesRequest(office, { do: 'deliveries.resume' })).toEqual([
    expect.stringContaining('not stopped'),
  ])
  await answerDeliveriesRequest(office, { do: 'deliveries.stop', reason: 'a fault' })
  expect(await check()).toContain('operator')
  expect(await answerDeliveriesRequest(office, { do: 'deliveries.status' })).toEqual([
    'All deliveries of this server are stopped since 2026-11-23T15:00:00.000Z: a fault',
  ])
  await answerDeliveriesRequest(office, { do: 'deliveries.resume' })
  expect(await check()).toBeNull()
  const log = await controlAuditEventStore(ownedBy(SERVER, control).read, SERVER).list({ limit: 10 })
  expect(log.map(({ action }) => action).toSorted()).toEqual(['deliveries.resumed', 'deliveries.stopped'])
})
