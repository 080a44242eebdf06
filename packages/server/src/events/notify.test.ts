import { EVENT_TYPES, type Id, MAIL_KIND_EVENTS } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { achFiles } from '../ach-files/table.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'
import { NOTICES } from './notices.ts'
import { type NewEvent, recordEvent } from './record-event.ts'

let api: TestApi
let platformKey: string
let organization: string
let preparerId: Id<'usr'>
let people: Record<'owner' | 'approver' | 'preparer' | 'viewer', string>
let count = 0

beforeAll(async () => {
  api = await createTestApi()
})
beforeEach(async () => {
  const { platformId, apiKey } = await api.addPlatform(`Tidewater ${++count}`)
  platformKey = apiKey
  organization = await api.addOrganization(platformId, 'Bakery')
  const email = (role: string) => `${role}${count}@bakery.example`
  people = { owner: email('owner'), approver: email('approver'), preparer: email('preparer'), viewer: email('viewer') }
  for (const role of ['owner', 'approver', 'viewer'] as const) await api.addMember(organization, people[role], role)
  preparerId = await api.addMember(organization, people.preparer, 'preparer')
})
afterAll(() => api.close())

async function happens(...events: Partial<NewEvent>[]): Promise<void> {
  const tenant = byHand(await api.parts.databases.tenantOf(organization))
  await tenant.write(async (tx) => {
    for (const more of events) {
      const event = { type: 'achFile.approved', objectType: 'achFile', objectId: 'ach_1', at: api.clock.now } as const
      await recordEvent(tx, organization, { ...event, ...more })
    }
  })
}
const mails = () => api.mailbox.list().filter(({ to }) => Object.values(people).includes(to))
const told = () =>
  mails()
    .map(({ to }) => to)
    .sort()
const pass = (ms: number) => {
  api.clock.now = new Date(api.clock.now.getTime() + ms)
}

/** A file that somebody wrote, without anything in it that matters here. */
async function fileBy(author: string): Promise<string> {
  const headers = { 'Idempotency-Key': `k${++count}` }
  const body = { name: 'Payroll', batches: [] }
  const response = await api.send('POST', '/v1/ach-files', { key: platformKey, organization, body, headers })
  const { id } = (await response.json()) as { id: string }
  const tenant = byHand(await api.parts.databases.tenantOf(organization))
  await tenant.write((tx) =>
    tx
      .update(achFiles)
      .set({ authors: [author] })
      .where(and(eq(achFiles.organizationId, organization as Id<'org'>), eq(achFiles.id, id as Id<'ach'>))),
  )
  return id
}

test('who may approve is asked to, in words with a link, and whoever wrote the file is not', async () => {
  const owner = await api.addMember(organization, `second${count}@bakery.example`, 'owner')
  people = { ...people, viewer: `second${count}@bakery.example` }
  const id = await fileBy(`user:${owner}`)
  await happens({
    type: 'achFile.approvalRequested',
    objectId: id,
    about: { name: 'Payroll', count: 12, creditCents: 120_000, debitCents: 0 },
  })
  await api.runJobs()
  expect(told()).toEqual([people.approver, people.owner].sort())
  const [mail] = mails()
  expect(mail?.subject).toBe('Approval needed: “Payroll”, 12 payments, $1,200.00 (Bakery)')
  expect(mail?.text).toContain(`http://localhost:4400/payments/${id}`)
})

test('who wrote a file hears what was decided, and nobody else', async () => {
  const id = await fileBy(`user:${preparerId}`)
  await happens({ type: 'achFile.rejected', objectId: id, about: { name: 'Payroll', reason: 'Twice the same amount' } })
  await api.runJobs()
  expect(told()).toEqual([people.preparer])
  expect(mails()[0]?.text).toContain('“Payroll”: Twice the same amount')
})

test('two hundred returns are one mail that names the number, to those who work on returns', async () => {
  const returned = Array.from({ length: 200 }, (_, index) => ({
    type: 'return.received' as const,
    objectType: 'return' as const,
    objectId: `ret_${index}`,
    about: { name: `Vendor ${index}`, code: 'R01' },
  }))
  await happens(...returned)
  await api.runJobs()
  expect(told(), 'they are collected first').toEqual([])
  pass(60_000)
  await api.runJobs()
  expect(told()).toEqual([people.owner, people.preparer].sort())
  expect(mails()[0]?.subject).toBe('200 payments came back (Bakery)')
  expect(mails()[0]?.text).toContain('“Vendor 0”, R01\n')
  expect(mails()[0]?.text).toContain('and 190 more')
})

test('each event is told once: what comes while a mail waits is in it, what comes later is in the next', async () => {
  const one = (name: string) => ({ type: 'return.received', objectType: 'return', about: { name } }) as const
  await happens(one('A'))
  pass(30_000)
  await happens(one('B'))
  pass(30_000)
  await api.runJobs()
  await happens(one('C'))
  pass(60_000)
  await api.runJobs()
  const subjects = mails()
    .filter(({ to }) => to === people.owner)
    .map(({ subject }) => subject)
  expect(subjects.toReversed()).toEqual(['2 payments came back (Bakery)', 'A payment came back: “C” (Bakery)'])
})

test('who does without a kind of mails gets none of it, whatever their role; what is about security or stuck money they get', async () => {
  const person = await signIn(api, people.owner)
  const choose = (off: string[]) => person.send('POST', '/v1/session/mails', { body: { off } })
  expect(await (await choose(['returns', 'banks'])).json()).toEqual({ type: 'mailChoice', off: ['returns', 'banks'] })
  expect(await (await person.send('GET', '/v1/session/mails')).json()).toEqual({
    type: 'mailChoice',
    off: ['returns', 'banks'],
  })
  const before = mails().length
  await happens({ type: 'return.received', objectType: 'return' }, { type: 'bankConnection.unreachable' })
  pass(60_000)
  await api.runJobs()
  const after = () => mails().slice(0, mails().length - before)
  expect(after().map(({ to }) => to)).toEqual([people.preparer])
  await happens({ type: 'bankConnection.hostKeyChanged' }, { type: 'submission.unknown' })
  await api.runJobs()
  expect(after().filter(({ to }) => to === people.owner)).toHaveLength(2)
  await choose([])
  await happens({ type: 'bankConnection.unreachable' })
  await api.runJobs()
  expect(after().filter(({ to }) => to === people.owner)).toHaveLength(3)
  expect((await choose(['security'])).status).toBe(422)
})

test('nobody can do without what is about a bank that is another one, power, or money that may not arrive', () => {
  const always = [
    'bankConnection.hostKeyChanged',
    'bankConnection.answersChanged',
    'bankConnection.legacyAlgorithmsEnding',
    'deliveries.stopped',
    'deliveries.resumed',
    'submission.unknown',
    'submission.failed',
    'submission.cutoffMissed',
    'submission.rejectedByBank',
    'submission.resolutionProposed',
    'schedule.failed',
    'return.unmatched',
    'correction.overdue',
    'returnRate.warning',
    'inboundFile.notUnderstood',
    'webhookEndpoint.disabled',
  ]
  const optional: string[] = Object.values(MAIL_KIND_EVENTS).flat()
  expect(optional.filter((type) => always.includes(type))).toEqual([])
  const mailed = EVENT_TYPES.filter((type) => NOTICES[type] !== null)
  expect([...optional, ...always].toSorted()).toEqual([...mailed].toSorted())
})

test('what goes as it should is mailed to nobody; words of people end no line of a header', async () => {
  await happens({ type: 'submission.delivered' }, { type: 'submission.acknowledged' })
  await api.runJobs()
  expect(told()).toEqual([])
  await happens({ type: 'deliveries.stopped', about: { reason: 'a\r\nBcc: everybody@example.com' } })
  await api.runJobs()
  expect(told()).toEqual([people.approver, people.owner].sort())
  for (const { subject } of mails()) {
    expect(subject).toBe('All deliveries to banks are stopped: a Bcc: everybody@example.com (Bakery)')
  }
})

test('every mail says what happened, what to do, and where to look', () => {
  for (const type of EVENT_TYPES) {
    const notice = NOTICES[type]
    if (notice === null) continue
    expect(notice.one, type).toMatch(/^[A-Z]/)
    expect(notice.says, type).toMatch(/\.$/)
    expect(notice.page({ objectId: 'x', about: {} }), type).toMatch(/^\/[a-z]/)
    expect(notice.to !== undefined || notice.authors === 'only', type).toBe(true)
  }
})

test('who is told that a schedule made no file is led to the schedule, not to the payments', () => {
  const of = { objectId: 'sch_1', about: {} }
  for (const type of ['schedule.failed', 'schedule.ended'] as const) {
    expect(NOTICES[type]?.page(of), type).toBe('/schedules/sch_1')
  }
})
