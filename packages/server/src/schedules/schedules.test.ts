import {
  type BankAccount,
  type Recipient,
  type Schedule,
  ScheduleCreate,
  type Template,
  TemplateCreate,
} from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { approveAchFile, rejectAchFile } from '../ach-files/approval.ts'
import { cancelAchFile } from '../ach-files/cancel.ts'
import { listAchFiles, retrieveAchFile } from '../ach-files/service.ts'
import { CUTOFF_JOB } from '../ach-files/watch-cutoff.ts'
import { bankConnectionWriter } from '../bank-connections/store.ts'
import { eventStore } from '../events/store.ts'
import { createWorker, type Worker } from '../jobs/jobs.ts'
import { newId } from '../new-id.ts'
import { archiveRecipient } from '../recipients/service.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTemplate, retrieveTemplate, templateUsed, updateTemplate } from '../templates/service.ts'
import {
  ANNA,
  BEN,
  createTestTenants,
  MONDAY,
  person,
  type TestOrganization,
  type TestTenants,
} from '../testing/context.ts'
import { addBankAccount, addBankConnection, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { createVault } from '../vault/vault.ts'
import { openLocalKeyFile } from '../vault/local-key-file.ts'
import { confirmSchedule, endSchedule, pauseSchedule, resumeSchedule, skipPayment } from './decisions.ts'
import { createCutoffHandlers } from './missed-cutoffs.ts'
import { SCHEDULE_JOB } from './progress.ts'
import { createScheduleHandlers } from './run-schedule.ts'
import { createSchedule, listRuns, retrieveSchedule, upcomingPayments, updateSchedule } from './service.ts'

const CUTOFFS = {
  timeZone: 'America/New_York',
  times: [
    { by: '11:00', leadDays: 0 as const },
    { by: '17:00', leadDays: 1 as const },
  ],
}
const CARLA = person('carla')

let tenants: TestTenants
let ours: TestOrganization
let account: BankAccount
let acme: Recipient
let template: Template
let worker: Worker
const errors: unknown[] = []

function newWorker(owner: string): Worker {
  const keyProvider = openLocalKeyFile(tenants.folder)
  const vault = createVault({ control: tenants.databases.control, keyProvider, now: () => tenants.clock.now })
  const deps = {
    databases: { tenantOf: async () => tenants.shared },
    vaultFor: (id: string) => vault.forOrganization(id),
    now: () => tenants.clock.now,
    newId,
  }
  return createWorker({
    storage: tenants.shared,
    owner,
    now: deps.now,
    random: () => 0.5,
    handlers: { ...createScheduleHandlers(deps), ...createCutoffHandlers(deps) },
    // Jobs of other rooms are theirs to try.
    onError: (error, job) => {
      if (job?.kind === SCHEDULE_JOB || job?.kind === CUTOFF_JOB) errors.push(error)
    },
  })
}

beforeAll(async () => {
  tenants = await createTestTenants()
  worker = newWorker('one')
})
beforeEach(async () => {
  errors.length = 0
  tenants.clock.now = MONDAY
  await byHand(tenants.shared).write((tx) => tx.run(sql`DELETE FROM jobs`))
  ours = await tenants.organization()
  account = await addBankAccount(ours, await addBankConnection(ours, { cutoffs: CUTOFFS }))
  acme = await addRecipient(ours)
  template = await addTemplate()
})
afterEach(() => {
  if (errors.length > 0) throw new AggregateError(errors, 'A job did not succeed.')
})
afterAll(() => tenants.close())

function addTemplate(amountCents: number | null = 12_345): Promise<Template> {
  const batches = [
    {
      bankAccountId: account.id,
      secCode: 'CCD' as const,
      companyEntryDescription: 'RENT',
      entries: [{ recipientId: acme.id, amountCents }],
    },
  ]
  return ours.write(ANNA, (ctx) => createTemplate(ctx, z.parse(TemplateCreate, { name: 'Rent', batches })))
}

function add(over: Partial<z.input<typeof ScheduleCreate>> = {}, by = ANNA): Promise<Schedule> {
  const input = {
    name: 'Rent',
    templateId: template.id,
    rule: { frequency: 'weekly' as const },
    startsOn: '2026-12-03',
    ...over,
  }
  return ours.write(by, (ctx) => createSchedule(ctx, z.parse(ScheduleCreate, input)))
}

async function runAt(text: string): Promise<void> {
  tenants.clock.now = new Date(text)
  for (let turn = 0; turn < 40 && (await worker.runOnce()); turn++);
}

const read = (schedule: Schedule) => ours.read((ctx) => retrieveSchedule(ctx, schedule.id))
const runs = async (schedule: Schedule) =>
  (await ours.read((ctx) => listRuns(ctx, schedule.id, {}))).data.map(({ dueOn, paysOn, outcome }) => [
    dueOn,
    paysOn,
    outcome,
  ])
const files = async () => (await ours.read((ctx) => listAchFiles(ctx, {}))).data
const told = async () =>
  (await ours.read((ctx) => eventStore(ctx.db, ctx.organizationId).list({}, 0, 100)))
    .filter(({ type }) => type.startsWith('schedule') || type === 'submission.cutoffMissed')
    .map(({ type, about }) => [type, about['reason'] ?? null])

describe('a payment of a schedule', () => {
  it('is made on its day, waits for approval, and whoever wrote template or schedule cannot approve it', async () => {
    const schedule = await add()
    expect(schedule.next).toEqual({
      dueOn: '2026-12-03',
      paysOn: '2026-12-03',
      reason: null,
      makesFileOn: '2026-11-30',
    })
    await runAt('2026-11-30T12:59:59.999Z')
    expect(await files()).toEqual([])
    await runAt('2026-11-30T13:00:00Z')
    const [file] = await files()
    expect(file).toMatchObject({
      name: 'Rent 2026-12-03',
      status: 'pendingApproval',
      createdBy: { type: 'system', id: 'schedule' },
      totals: { creditCents: 12_345 },
    })
    if (file === undefined) throw new Error('a file was made')
    await expect(ours.write(ANNA, (ctx) => approveAchFile(ctx, file.id, file))).rejects.toMatchObject({
      code: 'second-person-required',
    })
    await expect(ours.write(BEN, (ctx) => approveAchFile(ctx, file.id, file))).resolves.toMatchObject({
      status: 'approved',
    })
    expect((await read(schedule)).next?.dueOn).toBe('2026-12-10')
    expect(await runs(schedule)).toEqual([['2026-12-03', '2026-12-03', 'made']])
    expect(await told()).toEqual([['schedule.fileCreated', null]])
  })

  it('is made once, whatever runs twice', async () => {
    const schedule = await add()
    const others = [worker, newWorker('two'), newWorker('three')]
    tenants.clock.now = new Date('2026-11-30T13:00:00Z')
    await Promise.all(others.map((each) => each.runOnce()))
    // A job that did its work and died before it could say so.
    await ours.storage.write((tx) =>
      tx.run(
        sql`UPDATE jobs SET state = 'ready', lease_owner = NULL WHERE organization_id = ${ours.id} AND state = 'done'`,
      ),
    )
    await runAt('2026-11-30T13:00:01Z')
    expect(await runs(schedule)).toHaveLength(1)
    expect(await files()).toHaveLength(1)
    await expect(
      ours.storage.write((tx) =>
        tx.run(sql`UPDATE schedule_runs SET ach_file_id = NULL WHERE organization_id = ${ours.id}`),
      ),
    ).rejects.toThrow()
  })

  it('falls before or after a day on which banks do not settle, and says why', async () => {
    const before = await add({ startsOn: '2026-12-25' })
    expect(before.next).toMatchObject({ paysOn: '2026-12-24', reason: 'Christmas Day: Thursday before' })
    const after = await add({ startsOn: '2026-12-25', roll: 'after' })
    expect(after.next).toMatchObject({ paysOn: '2026-12-28', reason: 'Christmas Day: Monday after' })
    const { occurrences } = await ours.read((ctx) => upcomingPayments(ctx, before.id, { count: 53 }))
    expect(occurrences).toHaveLength(53)
  })

  it('is submitted by its approval where that is wanted', async () => {
    await add({ submitOnApproval: true, transmit: 'nextCutoff' })
    await runAt('2026-11-30T13:00:00Z')
    const [file] = await files()
    if (file === undefined) throw new Error('a file was made')
    expect(await ours.write(BEN, (ctx) => approveAchFile(ctx, file.id, file))).toMatchObject({ status: 'submitted' })
  })
})

describe('a server that was down', () => {
  it('makes late what can still be reached, and tells what cannot', async () => {
    const schedule = await add()
    // Through 10 December the first two are past; the third can be reached until its own last cutoff.
    await runAt('2026-12-17T15:40:00Z')
    expect(await runs(schedule)).toEqual([
      ['2026-12-17', '2026-12-17', 'made'],
      ['2026-12-10', '2026-12-10', 'missed'],
      ['2026-12-03', '2026-12-03', 'missed'],
    ])
    expect((await told()).map(([type]) => type)).toEqual(['schedule.failed', 'schedule.failed', 'schedule.fileCreated'])
    expect(await files()).toHaveLength(1)
  })

  it('a millisecond after the last moment it is missed', async () => {
    const schedule = await add()
    await runAt('2026-12-03T15:40:00.001Z')
    expect(await runs(schedule)).toEqual([['2026-12-03', '2026-12-03', 'missed']])
    expect((await told())[0]?.[1]).toContain('2026-12-03 cannot be reached any more')
  })

  it('with a clock that goes back makes nothing again', async () => {
    const schedule = await add()
    await runAt('2026-12-07T13:00:00Z')
    await runAt('2026-11-24T13:00:00Z')
    await runAt('2026-12-07T13:00:01Z')
    expect(await runs(schedule)).toEqual([
      ['2026-12-10', '2026-12-10', 'made'],
      ['2026-12-03', '2026-12-03', 'missed'],
    ])
  })

  it.each([
    ['2026-03-12', '2026-03-09T12:00:00Z'],
    ['2026-11-05', '2026-11-02T13:00:00Z'],
  ])('makes the file for %s at eight o’clock after the clocks changed', async (startsOn, at) => {
    tenants.clock.now = new Date(Date.parse(at) - 5 * 86_400_000)
    const schedule = await add({ startsOn })
    await runAt(new Date(Date.parse(at) - 1).toISOString())
    expect(await runs(schedule)).toEqual([])
    await runAt(at)
    expect(await runs(schedule)).toEqual([[startsOn, startsOn, 'made']])
  })
})

describe('what keeps a file from being made', () => {
  it('is told once, and the file is made when it is mended in time', async () => {
    const schedule = await add()
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, acme.id))
    await runAt('2026-11-30T13:00:00Z')
    await runAt('2026-11-30T14:00:00Z')
    expect(await told()).toEqual([['schedule.failed', expect.stringContaining('“Acme Supply” was archived')]])
    expect((await read(schedule)).problem).toContain('“Acme Supply” was archived')
    expect(await runs(schedule)).toEqual([['2026-12-03', '2026-12-03', 'failed']])

    const other = await addRecipient(ours, { name: 'Acme Two' })
    const batches = template.batches.map((batch) => ({
      bankAccountId: batch.bankAccountId,
      secCode: batch.secCode,
      companyEntryDescription: batch.companyEntryDescription,
      companyDiscretionaryData: '',
      entries: [{ recipientId: other.id, amountCents: 5_000, direction: 'credit' as const, addenda: [] }],
    }))
    await ours.write(CARLA, (ctx) => updateTemplate(ctx, template.id, { version: 1, batches }))
    await runAt('2026-11-30T15:00:00Z')
    expect((await read(schedule)).problem).toContain('The template “Rent” was changed')
    expect((await read(schedule)).needsConfirmation).toBe(true)
    await ours.write(ANNA, (ctx) => confirmSchedule(ctx, schedule.id, { version: schedule.version }))
    await runAt('2026-11-30T15:00:01Z')
    expect(await runs(schedule)).toEqual([['2026-12-03', '2026-12-03', 'made']])
    const [file] = await files()
    if (file === undefined) throw new Error('a file was made')
    await expect(ours.write(CARLA, (ctx) => approveAchFile(ctx, file.id, file))).rejects.toMatchObject({
      code: 'second-person-required',
    })
  })

  it('is told again when its time is over, and the next payment is waited for', async () => {
    const schedule = await add()
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, acme.id))
    await runAt('2026-11-30T13:00:00Z')
    await runAt('2026-12-03T15:40:00.001Z')
    expect(await runs(schedule)).toEqual([['2026-12-03', '2026-12-03', 'missed']])
    expect(await told()).toHaveLength(2)
    expect((await read(schedule)).next?.dueOn).toBe('2026-12-10')
  })
})

describe('an approval that did not come in time', () => {
  it('is told at the last moment, and nothing is sent late', async () => {
    const schedule = await add()
    await runAt('2026-11-30T13:00:00Z')
    await runAt('2026-12-03T15:40:00Z')
    expect(await told()).toEqual([['schedule.fileCreated', null]])
    await runAt('2026-12-03T15:40:00.001Z')
    expect((await told()).slice(1)).toEqual([['submission.cutoffMissed', expect.stringContaining('cannot be reached')]])
    expect(await runs(schedule)).toEqual([['2026-12-03', '2026-12-03', 'missed']])
    const [file] = await files()
    if (file === undefined) throw new Error('a file was made')
    await expect(ours.write(BEN, (ctx) => approveAchFile(ctx, file.id, file))).rejects.toMatchObject({
      message: expect.stringContaining('the next date that can is 2026-12-04'),
    })
  })

  it('nor one that was rejected or canceled', async () => {
    const schedule = await add()
    await runAt('2026-11-30T13:00:00Z')
    const [file] = await files()
    if (file === undefined) throw new Error('a file was made')
    const rejected = await ours.write(BEN, (ctx) =>
      rejectAchFile(ctx, file.id, { version: file.version, reason: 'no' }),
    )
    await ours.write(ANNA, (ctx) => cancelAchFile(ctx, file.id, rejected))
    await runAt('2026-12-03T15:40:00.001Z')
    expect((await told()).at(-1)).toEqual([
      'schedule.failed',
      expect.stringContaining('not approved and submitted in time'),
    ])
    expect(await runs(schedule)).toEqual([['2026-12-03', '2026-12-03', 'missed']])
  })
})

describe('people', () => {
  const version = async (schedule: Schedule) => ({ version: (await read(schedule)).version })

  it('pause and resume: what fell into the pause is not made up for', async () => {
    const schedule = await add()
    await ours.write(ANNA, async (ctx) => pauseSchedule(ctx, schedule.id, schedule))
    await runAt('2026-12-05T13:00:00Z')
    expect(await runs(schedule)).toEqual([])
    const paused = await read(schedule)
    const resumed = await ours.write(ANNA, (ctx) => resumeSchedule(ctx, schedule.id, paused))
    expect(resumed).toMatchObject({ status: 'active', next: { dueOn: '2026-12-10' } })
    expect(ours.events.at(-1)).toMatchObject({ data: { passed: ['2026-12-03'] } })
    await runAt('2026-12-07T13:00:00Z')
    expect(await runs(schedule)).toEqual([['2026-12-10', '2026-12-10', 'made']])
  })

  it('skip the next payment, the one they saw', async () => {
    const schedule = await add({ ends: { when: 'after', count: 2 } })
    const skip = { version: schedule.version, dueOn: '2026-12-03' }
    const after = await ours.write(ANNA, (ctx) => skipPayment(ctx, schedule.id, skip))
    expect(after.next?.dueOn).toBe('2026-12-10')
    const again = { ...(await version(schedule)), dueOn: '2026-12-03' }
    await expect(ours.write(ANNA, (ctx) => skipPayment(ctx, schedule.id, again))).rejects.toMatchObject({
      code: 'version-mismatch',
    })
    for (const at of ['2026-11-30', '2026-12-07', '2026-12-14']) await runAt(`${at}T13:00:00Z`)
    expect(await runs(schedule)).toEqual([
      ['2026-12-17', '2026-12-17', 'made'],
      // Nobody approved it.
      ['2026-12-10', '2026-12-10', 'missed'],
      ['2026-12-03', '2026-12-03', 'skipped'],
    ])
    const progress = { handledUntil: '2026-12-17', lastPaysOn: '2026-12-17', payments: 2 }
    expect(await read(schedule)).toMatchObject({ status: 'ended', next: null, progress })
    expect((await told()).at(-1)?.[0]).toBe('schedule.ended')
  })

  it('pause, resume and change it also where the bank has no cutoffs that would take any of its payments', async () => {
    const schedule = await add({ transmit: 'nextCutoff' })
    const paused = await ours.write(ANNA, (ctx) => pauseSchedule(ctx, schedule.id, schedule))
    await ours.storage.write((tx) =>
      bankConnectionWriter(tx, ours.id).change(account.bankConnectionId, { cutoffs: null }),
    )
    const resumed = await ours.write(ANNA, (ctx) => resumeSchedule(ctx, schedule.id, paused))
    expect(resumed).toMatchObject({ status: 'active', next: schedule.next })
    const named = await ours.write(ANNA, (ctx) =>
      updateSchedule(ctx, schedule.id, { version: resumed.version, name: 'Rent of the hall' }),
    )
    expect(named.next).toEqual(schedule.next)
    const now = await ours.write(ANNA, (ctx) =>
      updateSchedule(ctx, schedule.id, { version: named.version, transmit: 'now' }),
    )
    await expect(
      ours.write(ANNA, (ctx) => updateSchedule(ctx, schedule.id, { version: now.version, transmit: 'nextCutoff' })),
    ).rejects.toMatchObject({ errors: [{ pointer: '/transmit', message: expect.stringContaining('cutoffs') }] })
  })

  it('end it: nothing is made any more', async () => {
    const schedule = await add()
    await ours.write(ANNA, (ctx) => endSchedule(ctx, schedule.id, schedule))
    await runAt('2026-12-31T13:00:00Z')
    expect(await files()).toEqual([])
    await expect(
      ours.write(ANNA, async (ctx) => resumeSchedule(ctx, schedule.id, await version(schedule))),
    ).rejects.toMatchObject({ code: 'state-conflict' })
  })

  it('change its rule: no second payment on a day that was paid', async () => {
    const schedule = await add({ startsOn: '2026-12-11' })
    await runAt('2026-12-08T13:00:00Z')
    // The 13th is a Sunday: before it is Friday the 11th, which was paid.
    const change = { ...(await version(schedule)), rule: { frequency: 'monthly' as const, day: 13, everyMonths: 1 } }
    const after = await ours.write(ANNA, (ctx) => updateSchedule(ctx, schedule.id, change))
    expect(after.next).toMatchObject({ dueOn: '2027-01-13' })
  })

  it('are refused what could not be kept', async () => {
    const open = await addTemplate(null)
    await expect(add({ templateId: open.id })).rejects.toMatchObject({
      message: expect.stringContaining('leaves 1 amounts open'),
    })
    await expect(add({ startsOn: '2026-11-20' })).rejects.toMatchObject({
      message: expect.stringContaining('in the past'),
    })
    tenants.clock.now = new Date('2026-11-23T22:00:00Z')
    await expect(add({ startsOn: '2026-11-23' })).rejects.toMatchObject({
      message: expect.stringContaining('the next date that can is 2026-11-24'),
    })
    await expect(add({ startsOn: '2026-12-03', ends: { when: 'on', date: '2026-12-01' } })).rejects.toMatchObject({
      message: expect.stringContaining('there is none'),
    })
  })
})

describe('a template', () => {
  it('becomes a draft with a date and other amounts, and its writers are authors of it', async () => {
    const use = {
      effectiveDate: '2026-12-01',
      amounts: [{ batch: 0, entry: 0, amountCents: 777 }],
      transmit: { when: 'now' as const },
      submitOnApproval: false,
    }
    const file = await ours.write(BEN, (ctx) => templateUsed(ctx, template.id, use))
    expect(file).toMatchObject({
      status: 'draft',
      totals: { creditCents: 777 },
      batches: [{ effectiveDate: '2026-12-01' }],
    })
    const again = await ours.read((ctx) => retrieveAchFile(ctx, file.id))
    const kept = await ours.write(BEN, (ctx) => createTemplate(ctx, { name: 'From a file', achFileId: again.id }))
    expect(kept.batches[0]?.entries).toMatchObject([{ amountCents: 777, recipientName: 'Acme Supply' }])
  })

  it('made from a file has its authors too, so that none of them approves what a schedule makes of it', async () => {
    const draft = await addDraft(ours, [batchOf(account.id, acme.id, { secCode: 'CCD', effectiveDate: '2026-12-01' })])
    const kept = await ours.write(BEN, (ctx) => createTemplate(ctx, { name: 'From a file', achFileId: draft.id }))
    const input = { templateId: kept.id, startsOn: '2026-12-11' }
    await add(input, BEN)
    await runAt('2026-12-08T13:00:00Z')
    const [made] = (await ours.read((ctx) => listAchFiles(ctx, { status: 'pendingApproval' }))).data
    const approve = (who: typeof ANNA) =>
      ours.write(who, (ctx) => approveAchFile(ctx, made?.id ?? '', { version: made?.version ?? 0 }))
    await expect(approve(ANNA)).rejects.toMatchObject({ code: 'second-person-required' })
    await expect(approve(BEN)).rejects.toMatchObject({ code: 'second-person-required' })
    expect(await approve(CARLA)).toMatchObject({ status: 'approved' })
  })

  it('with an archived recipient is refused by name, and shows which it is', async () => {
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, acme.id))
    const use = {
      effectiveDate: '2026-12-01',
      amounts: [],
      transmit: { when: 'now' as const },
      submitOnApproval: false,
    }
    await expect(ours.write(BEN, (ctx) => templateUsed(ctx, template.id, use))).rejects.toMatchObject({
      errors: [{ pointer: '/batches/0/entries/0/recipientId', message: expect.stringContaining('“Acme Supply”') }],
    })
    const shown = await ours.read((ctx) => retrieveTemplate(ctx, template.id))
    expect(shown.batches[0]?.entries[0]).toMatchObject({
      isArchived: true,
      accountNumberLast4: acme.accountNumberLast4,
    })
  })

  it('of another organization is not found', async () => {
    const theirs = await tenants.organization()
    await expect(theirs.read((ctx) => retrieveTemplate(ctx, template.id))).rejects.toMatchObject({ code: 'not-found' })
    const schedule = await add()
    await expect(theirs.read((ctx) => retrieveSchedule(ctx, schedule.id))).rejects.toMatchObject({ code: 'not-found' })
  })
})
