import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { ANNA, BEN, createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { archiveRecipient, createRecipient, listRecipients, retrieveRecipient, updateRecipient } from './service.ts'
import { recipientStore } from './store.ts'

let tenants: TestTenants
let ours: TestOrganization
let theirs: TestOrganization
beforeAll(async () => {
  tenants = await createTestTenants()
  ours = await tenants.organization()
  theirs = await tenants.organization()
})
afterAll(() => tenants.close())

let accounts = 10_000_000
const acme = (over: object = {}) => ({
  name: 'Acme Supply',
  holderType: 'business' as const,
  routingNumber: '091000019',
  accountNumber: String(++accounts),
  accountType: 'checking' as const,
  ...over,
})
const create = (organization: TestOrganization, over: object = {}) =>
  organization.write(ANNA, (ctx) => createRecipient(ctx, acme(over)))

describe('an external id', () => {
  it('is free again when its recipient is archived, and taken otherwise', async () => {
    const first = await create(ours, { externalId: 'vendor-9' })
    await expect(create(ours, { externalId: 'vendor-9' })).rejects.toMatchObject({ code: 'duplicate' })
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, first.id))
    const second = await create(ours, { externalId: 'vendor-9' })
    await expect(create(ours, { externalId: 'vendor-9' })).rejects.toMatchObject({ code: 'duplicate' })
    const found = await ours.read((ctx) => listRecipients(ctx, { externalId: 'vendor-9' }))
    expect(found.data.map(({ id }) => id)).toEqual([second.id])
  })
})

describe('a recipient', () => {
  it('is shown by its last digits only, and so is it in the audit log', async () => {
    const made = await create(ours, { accountNumber: '4417123456789', identification: 'EMP-77812' })
    expect(made).toMatchObject({
      accountNumberLast4: '6789',
      routingNumberMasked: '*****0019',
      hasIdentification: true,
      version: 1,
    })
    const everything = JSON.stringify([made, ours.events])
    for (const secret of ['4417123456789', '091000019', 'EMP-77812']) expect(everything).not.toContain(secret)
    expect(ours.events.at(-1)).toMatchObject({ action: 'recipient.created', targetId: made.id })
  })

  it('of another tenant and one that never was are the same answer', async () => {
    const foreign = await create(theirs)
    const answers = ['rcp_00000000000000000000000000', foreign.id].map((id) =>
      ours.read((ctx) => retrieveRecipient(ctx, id)).catch((error: Error) => [error.name, error.message]),
    )
    const [unknown, other] = await Promise.all(answers)
    expect(other).toEqual(unknown)
    await expect(ours.write(ANNA, (ctx) => updateRecipient(ctx, foreign.id, { name: 'Mine' }))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(ours.write(ANNA, (ctx) => archiveRecipient(ctx, foreign.id))).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('with an account that is there already is refused and names the other, unless it is wanted', async () => {
    const first = await create(ours, { name: 'Twin', accountNumber: '5500-12 34' })
    const again = create(ours, { name: 'Twin 2', accountNumber: '55001234' })
    await expect(again).rejects.toMatchObject({
      code: 'duplicate',
      message: expect.stringMatching(new RegExp(`Twin.*${first.id}`)),
      errors: [{ pointer: '/accountNumber' }],
    })
    await expect(again).rejects.not.toThrow('55001234')
    await expect(create(ours, { accountNumber: '55001234', allowDuplicate: true })).resolves.toBeDefined()
    await expect(create(theirs, { accountNumber: '55001234' })).resolves.toBeDefined()
  })

  it('has an external id of its own in its organization', async () => {
    const first = await create(ours, { externalId: 'vendor-1' })
    await expect(create(ours, { externalId: 'vendor-1' })).rejects.toMatchObject({
      code: 'duplicate',
      message: expect.stringContaining(first.id),
      errors: [{ pointer: '/externalId' }],
    })
    await expect(create(theirs, { externalId: 'vendor-1' })).resolves.toBeDefined()
    const other = await create(ours)
    await expect(
      ours.write(ANNA, (ctx) => updateRecipient(ctx, other.id, { externalId: 'vendor-1' })),
    ).rejects.toMatchObject({ code: 'duplicate' })
  })

  it('changes routing and account number together or not at all', async () => {
    const made = await create(ours)
    await expect(
      ours.write(BEN, (ctx) => updateRecipient(ctx, made.id, { accountNumber: '987654321' })),
    ).rejects.toMatchObject({ code: 'validation-failed', errors: [{ pointer: '/routingNumber' }] })
    const changed = await ours.write(BEN, (ctx) =>
      updateRecipient(ctx, made.id, { accountNumber: '987654321', routingNumber: '021000021' }),
    )
    expect(changed).toMatchObject({ accountNumberLast4: '4321', routingNumberMasked: '*****0021', version: 2 })
    expect(await ours.read((ctx) => retrieveRecipient(ctx, made.id))).toEqual(changed)
    expect(ours.events.at(-1)).toMatchObject({ action: 'recipient.updated', data: { accountChanged: true } })
  })

  it('that is archived stays readable, leaves the list and cannot be changed', async () => {
    const made = await create(ours, { name: 'Gone Ltd' })
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, made.id))
    const names = async (archived?: 'true') =>
      (await ours.read((ctx) => listRecipients(ctx, { search: 'Gone', ...(archived ? { archived } : {}) }))).data.length
    expect([await names(), await names('true')]).toEqual([0, 1])
    for (const change of [archiveRecipient, (ctx: never, id: string) => updateRecipient(ctx, id, { name: 'Back' })]) {
      await expect(ours.write(ANNA, (ctx) => change(ctx as never, made.id))).rejects.toMatchObject({
        code: 'state-conflict',
      })
    }
    await expect(create(ours, { accountNumber: String(accounts) })).resolves.toBeDefined()
  })
})

describe('the list of recipients', () => {
  it('looks in names whatever their case and takes every character as itself, and in last four digits', async () => {
    const organization = await tenants.organization()
    await create(organization, { name: '100% Cotton', accountNumber: '12345678901' })
    await create(organization, { name: 'A_B Traders', accountNumber: '12345672222' })
    await create(organization, { name: 'AxB Traders', accountNumber: '12345673333' })
    const found = async (search: string) =>
      (await organization.read((ctx) => listRecipients(ctx, { search }))).data.map(({ name }) => name)
    expect(await found('cotton')).toEqual(['100% Cotton'])
    expect(await found('a_b')).toEqual(['A_B Traders'])
    expect(await found('0%')).toEqual(['100% Cotton'])
    expect(await found('%')).toEqual(['100% Cotton'])
    expect(await found('\\')).toEqual([])
    expect(await found('2222')).toEqual(['A_B Traders'])
    expect(await found('123456')).toEqual([])
    await create(theirs, { name: 'A_B of others' })
    expect(await found('others')).toEqual([])
  })

  it('pages newest first and neither skips nor repeats one while others are added', async () => {
    const organization = await tenants.organization()
    const wanted: string[] = []
    for (let count = 0; count < 7; count++) wanted.unshift((await create(organization)).id)
    wanted.sort().reverse()
    const seen: string[] = []
    let after: string | null | undefined
    do {
      const page = await organization.read((ctx) => listRecipients(ctx, { limit: 2, ...(after ? { after } : {}) }))
      seen.push(...page.data.map(({ id }) => id))
      after = page.nextCursor
      expect(page.hasMore).toBe(after !== null)
      tenants.clock.now = new Date(tenants.clock.now.getTime() + 1)
      await create(organization)
    } while (after)
    expect(seen).toEqual(wanted)
  })

  it('finds what is far back among many, page after page, while others go first', async () => {
    const organization = await tenants.organization()
    const model = await create(organization)
    await byHand(tenants.shared).write((tx) =>
      tx.run(sql`INSERT INTO recipients (organization_id, id, name, holder_type, account_type, routing_number,
          routing_number_last4, account_number, account_number_last4, account_index, version, created_at, updated_at)
        WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 4500)
        SELECT organization_id, printf('rcp_%026d', n), iif(n IN (1, 2, 2400, 4499), 'Rare', 'Common') || n, holder_type,
          account_type, routing_number, routing_number_last4, account_number, account_number_last4, account_index, 1,
          created_at, updated_at FROM more, recipients WHERE organization_id = ${organization.id} AND id = ${model.id}`),
    )
    const pages: string[][] = []
    let after: string | null | undefined
    while (after !== null) {
      const page = await organization.read((ctx) =>
        listRecipients(ctx, { search: 'rare', limit: 2, ...(after ? { after } : {}) }),
      )
      pages.push(page.data.map(({ name }) => name))
      after = page.nextCursor
    }
    expect(pages).toEqual([
      ['Rare4499', 'Rare2400'],
      ['Rare2', 'Rare1'],
    ])
    let wentFirst = false
    setImmediate(() => {
      wentFirst = true
    })
    const filter = { search: 'nobody', isArchived: false }
    const nothing = await organization.read(({ db }) => recipientStore(db, organization.id).list(filter, null, 10))
    expect([nothing, wentFirst]).toEqual([[], true])
  })

  it('refuses a cursor that was made for something else', async () => {
    const organization = await tenants.organization()
    for (let count = 0; count < 3; count++) await create(organization, { name: 'Paged' })
    const { nextCursor: after } = await organization.read((ctx) => listRecipients(ctx, { limit: 1 }))
    if (after === null) throw new Error('no second page')
    const wrong = { code: 'validation-failed', errors: [{ pointer: '/after' }] }
    await expect(organization.read((ctx) => listRecipients(ctx, { after, search: 'Paged' }))).rejects.toMatchObject(
      wrong,
    )
    await expect(ours.read((ctx) => listRecipients(ctx, { after }))).rejects.toMatchObject(wrong)
    await expect(organization.read((ctx) => listRecipients(ctx, { after: 'x' }))).rejects.toMatchObject(wrong)
  })
})
