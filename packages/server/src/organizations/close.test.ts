import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { controlAuditEventStore } from '../audit/audit.ts'
import { newId } from '../new-id.ts'
import { ownedBy } from '../storage/owned-by.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

let api: TestApi
let count = 0

beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const RECIPIENT = {
  name: 'Acme Supply',
  holderType: 'business',
  routingNumber: '091000019',
  accountNumber: '8800123456789',
  accountType: 'checking',
}
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

async function company() {
  const name = `Company ${++count}`
  const { platformId, apiKey: platformKey } = await api.addPlatform(`${name} platform`)
  const organization = await api.addOrganization(platformId, name)
  const ownKey = await api.addKey({ organizationId: organization }, ['recipients:read', 'recipients:write'])
  await api.send('POST', '/v1/recipients', { key: ownKey, body: RECIPIENT, headers: { 'Idempotency-Key': 'r' } })
  const email = `owner${count}@company.example`
  await api.addMember(organization, email, 'owner')
  api.network.address = `203.0.113.${count}`
  const owner = await signIn(api, email)
  await owner.addPasskey()
  await owner.stepUp()
  const close = (body: object = { name }, id: string = organization) =>
    owner.send('POST', `/v1/organizations/${id}/close`, { organization, body })
  return { name, organization, platformKey, ownKey, owner, email, close }
}
async function draft(key: string, organization: string) {
  const made = async (path: string, body: object) => {
    const headers = { 'Idempotency-Key': `k${++count}` }
    const response = await api.send('POST', path, { key, organization, body, headers })
    expect(response.status, await response.clone().text()).toBe(201)
    return ((await response.json()) as { id: string }).id
  }
  const connection = await made('/v1/bank-connections', {
    name: 'Bank',
    host: '127.0.0.1',
    port: 22,
    username: 'company',
    authentication: { method: 'password', password: 'secret words' },
    hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`],
    uploadDirectory: '/in',
    immediateDestination: '121042882',
    immediateOrigin: '1234567890',
  })
  return { connection, file: await made('/v1/ach-files', { name: 'Friday', batches: [] }) }
}
/** What the job waits for has passed. */
async function finish(): Promise<void> {
  api.clock.now = new Date(api.clock.now.getTime() + 30_000)
  await api.runJobs()
}

test('closing ends keys, embed sessions and invitations at once, and then makes what was sealed unreadable', async () => {
  const { name, organization, platformKey, ownKey, owner, close } = await company()
  const session = {
    endUser: { externalId: 'u', name: 'U' },
    components: { recipients: { features: [] } },
    allowedOrigins: ['https://books.example'],
  }
  const embed = await api.send('POST', '/v1/embed-sessions', { key: platformKey, organization, body: session })
  const { token } = (await embed.json()) as { token: string }
  await owner.send('POST', '/v1/invitations', { organization, body: { email: 'x@y.example', role: 'viewer' } })
  const closing = await close()
  expect([closing.status, await closing.json()]).toMatchObject([202, { status: 'closing' }])

  const list = (key: string, more = {}) => api.send('GET', '/v1/recipients', { key, ...more })
  expect((await list(ownKey)).status).toBe(401)
  expect((await list(token, { headers: { Origin: 'https://books.example' } })).status).toBe(401)
  expect((await list(platformKey, { organization })).status).toBe(403)
  expect((await owner.send('GET', '/v1/recipients', { organization })).status).toBe(403)
  const control = byHand(api.parts.databases.control)
  const open = await control.read.all(
    sql`SELECT 1 FROM invitations WHERE organization_id = ${organization} AND revoked_at IS NULL`,
  )
  expect(open).toEqual([])

  await finish()
  const keys = await control.read.all<{ state: string; wrapped: unknown }>(
    sql`SELECT state, wrapped_key AS wrapped FROM tenant_keys WHERE organization_id = ${organization}`,
  )
  expect(keys.length).toBeGreaterThan(0)
  expect(keys.every(({ state, wrapped }) => state === 'destroyed' && wrapped === null)).toBe(true)
  await expect(api.parts.vault.forOrganization(organization)).rejects.toThrow()
  const told = await owner.send('GET', `/v1/organizations/${organization}`, { organization })
  expect(await told.json()).toMatchObject({ status: 'closed', name })
})

test('its audit log is read, exported and verified after it is closed, and ends with the tombstone', async () => {
  const { organization, owner, close, email } = await company()
  await close()
  await finish()
  const events = await owner.send('GET', '/v1/audit-events?limit=3', { organization })
  expect(events.status).toBe(200)
  const first = (await events.json()) as { data: { action: string }[]; nextCursor: string }
  expect(first.data.map(({ action }) => action)).toContain('organization.closed')
  const next = await owner.send('GET', `/v1/audit-events?limit=3&after=${first.nextCursor}`, { organization })
  expect(next.status).toBe(200)
  const exported = await owner.send('POST', '/v1/audit-events/export', { organization, body: { format: 'csv' } })
  expect([exported.status, await exported.text()]).toEqual([200, expect.stringContaining('organization.closed')])
  const chain = ownedBy(organization, api.parts.databases.control).read
  expect(await controlAuditEventStore(chain, organization).verify()).toMatchObject({ ok: true })
  expect(api.mailbox.list().find(({ to }) => to === email)?.subject).toMatch(/is closed$/)
})

test('only the owner closes it, with its name letter by letter and a fresh proof, and only once', async () => {
  const { name, organization, owner, close, platformKey } = await company()
  const other = await company()
  expect((await close({ name: name.toLowerCase() })).status).toBe(422)
  expect((await close({ name }, other.organization)).status).toBe(404)
  const byPlatform = { key: platformKey, organization, body: { name } }
  expect((await api.send('POST', `/v1/organizations/${organization}/close`, byPlatform)).status).toBe(403)
  await api.addMember(organization, `adam${++count}@company.example`, 'administrator')
  const adam = await signIn(api, `adam${count}@company.example`)
  await adam.addPasskey()
  await adam.stepUp()
  expect(
    (await adam.send('POST', `/v1/organizations/${organization}/close`, { organization, body: { name } })).status,
  ).toBe(403)
  api.clock.now = new Date(api.clock.now.getTime() + 5 * 60_000)
  expect(await codeOf(await close())).toBe('step-up-required')
  await owner.stepUp()
  expect((await close()).status).toBe(202)
  expect((await close()).status).toBe(403)
})

test('it is refused while a file is on its way or nobody knows whether it arrived', async () => {
  const { organization, platformKey, close } = await company()
  const tenant = byHand(await api.parts.databases.tenantOf(organization))
  const { connection, file } = await draft(platformKey, organization)
  const at = api.clock.now.toISOString()
  await tenant.write((tx) =>
    tx.run(
      sql`INSERT INTO submissions (organization_id, id, ach_file_id, bank_connection_id, file_name, size_bytes, sha256,
            content_sha256, state, attempt, tries, job_id, job_attempt, created_at)
          VALUES (${organization}, 'sub_1', ${file}, ${connection}, 'a.ach', 1, ${'0'.repeat(64)}, ${'0'.repeat(64)}, 'ready', 0, 0, 'job_1', 0, ${at})`,
    ),
  )
  async function stateIs(state: string) {
    await tenant.write((tx) =>
      tx.run(sql`UPDATE submissions SET state = ${state} WHERE organization_id = ${organization}`),
    )
  }
  for (const state of ['claimed', 'uploading', 'renamed', 'verified', 'reconciling', 'unknown']) {
    await stateIs(state)
    expect(await codeOf(await close()), state).toBe('state-conflict')
  }
  await stateIs('retryWait')
  const mayBeThere = (attempt: number | null) =>
    tenant.write((tx) =>
      tx.run(sql`UPDATE submissions SET rename_attempt = ${attempt} WHERE organization_id = ${organization}`),
    )
  await mayBeThere(1)
  expect(await codeOf(await close()), 'an earlier try may have brought it there').toBe('state-conflict')
  await mayBeThere(null)
  await stateIs('done')
  expect((await close()).status).toBe(202)
  await stateIs('uploading')
  await finish()
  const control = byHand(api.parts.databases.control)
  const closedAt = () => control.read.all(sql`SELECT closed_at FROM organizations WHERE id = ${organization}`)
  expect(await closedAt(), 'what came in between is carried to its end first').toEqual([{ closed_at: null }])
  await stateIs('done')
  api.clock.now = new Date(api.clock.now.getTime() + 60_000)
  await api.runJobs()
  expect(await closedAt()).not.toEqual([{ closed_at: null }])
})

/** A closing that a delivery overtook: it was under way when nobody could know, and its end is not known. */
async function closingWithDoubt() {
  const made = await company()
  const { organization, platformKey, close } = made
  const tenant = byHand(await api.parts.databases.tenantOf(organization))
  const { connection, file } = await draft(platformKey, organization)
  const id = newId('sub', api.clock.now)
  const zeros = '0'.repeat(64)
  expect((await close()).status).toBe(202)
  await tenant.write(async (tx) => {
    await tx.run(sql`UPDATE ach_files SET status = 'needsAttention' WHERE organization_id = ${organization}`)
    await tx.run(sql`INSERT INTO submissions (organization_id, id, ach_file_id, bank_connection_id, file_name, size_bytes,
        sha256, content_sha256, state, attempt, tries, job_id, job_attempt, created_at)
      VALUES (${organization}, ${id}, ${file}, ${connection}, 'payroll.ach', 1, ${zeros}, ${zeros}, 'unknown', 1, 1, 'job_1', 1,
        ${api.clock.now.toISOString()})`)
  })
  await finish()
  const isClosed = async () => {
    const rows = await byHand(api.parts.databases.control).read.all<{ at: string | null }>(
      sql`SELECT closed_at AS at FROM organizations WHERE id = ${organization}`,
    )
    return typeof rows[0]?.at === 'string'
  }
  return { ...made, id, file, isClosed }
}
const mailsTo = (email: string, about: RegExp) =>
  api.mailbox.list().filter(({ to, subject }) => to === email && about.test(subject))

test('a closing that waits for a delivery says so once, and goes on when two people have settled it', async () => {
  const { organization, platformKey, owner, email, id, file, isClosed } = await closingWithDoubt()
  await api.addMember(organization, `ben${count}@company.example`, 'approver')
  const ben = await signIn(api, `ben${count}@company.example`)
  await ben.addPasskey()
  for (let minute = 0; minute < 3; minute++) {
    api.clock.now = new Date(api.clock.now.getTime() + 60_000)
    await api.runJobs()
  }
  expect(await isClosed()).toBe(false)
  const [told, ...more] = mailsTo(email, /^Closing .* waits for a delivery$/)
  expect([told?.text, more]).toEqual([expect.stringContaining('payroll.ach'), []])
  const log = await owner.send('GET', '/v1/audit-events?action=organization.closingHeld', { organization })
  expect(((await log.json()) as { data: unknown[] }).data).toHaveLength(1)

  for (const path of ['/v1/ach-files', `/v1/ach-files/${file}`, `/v1/ach-files/${file}/entries`, '/v1/submissions']) {
    expect((await owner.send('GET', path, { organization })).status, path).toBe(200)
  }
  await owner.stepUp()
  await ben.stepUp()
  const said = { outcome: 'delivered', reason: 'the bank has it' }
  const say = (who: typeof ben, what: string, body: object) =>
    who.send('POST', `/v1/submissions/${id}/${what}`, { organization, body, headers: { 'Idempotency-Key': what } })
  expect((await say(owner, 'resolve', said)).status).toBe(200)
  expect((await say(ben, 'confirm-resolution', { outcome: 'delivered' })).status).toBe(200)
  api.clock.now = new Date(api.clock.now.getTime() + 60_000)
  await api.runJobs()
  expect(await isClosed()).toBe(true)
  expect((await ben.send('GET', '/v1/submissions', { organization })).status).toBe(403)
  expect((await api.send('GET', '/v1/submissions', { key: platformKey, organization })).status).toBe(403)
})

test('a closing that nobody settles goes on after thirty days, and says what is not known', async () => {
  const { email, isClosed } = await closingWithDoubt()
  api.clock.now = new Date(api.clock.now.getTime() + 29 * 24 * 60 * 60_000)
  await api.runJobs()
  expect(await isClosed()).toBe(false)
  api.clock.now = new Date(api.clock.now.getTime() + 24 * 60 * 60_000)
  await api.runJobs()
  expect(await isClosed()).toBe(true)
  expect(mailsTo(email, /is closed$/)[0]?.text).toContain('Nobody said whether the bank has: payroll.ach.')
})

const KINDS = [
  'submission.deliver',
  'submission.deadline',
  'submission.awaitAcknowledgement',
  'submission.lookForAnswer',
  'inboundFile.poll',
  'inboundFile.process',
  'correction.remind',
  'webhook.deliver',
  'event.notify',
  'schedule.run',
  'keys.rewrap',
  'achFile.cutoff',
  'achFile.expireApproval',
  'bankConnection.legacyEnding',
  'mail.send',
  'mail.tellAdministrators',
]

test('what waits for its turn is canceled, and nothing works in its name any more, whatever kind of work it is', async () => {
  const { organization, platformKey, close } = await company()
  const tenant = byHand(await api.parts.databases.tenantOf(organization))
  const { connection, file } = await draft(platformKey, organization)
  const at = api.clock.now.toISOString()
  const later = '2026-11-24T15:00:00.000Z'
  const zeros = '0'.repeat(64)
  await tenant.write(async (tx) => {
    await tx.run(sql`UPDATE ach_files SET status = 'submitted' WHERE organization_id = ${organization}`)
    await tx.run(sql`UPDATE bank_connections SET return_directory = '/returns', return_poll_minutes = 5
      WHERE organization_id = ${organization}`)
    await tx.run(sql`INSERT INTO submissions (organization_id, id, ach_file_id, bank_connection_id, file_name, size_bytes,
        sha256, content_sha256, state, attempt, tries, job_id, job_attempt, created_at, not_before)
      VALUES (${organization}, 'sub_2', ${file}, ${connection}, 'a.ach', 1, ${zeros}, ${zeros}, 'ready', 0, 0,
        'job_submission.deliver', 0, ${at}, ${later})`)
    await tx.run(sql`INSERT INTO webhook_endpoints (organization_id, id, url, secret, state, failures, created_at)
      VALUES (${organization}, 'whe_1', 'https://hooks.example', x'00', 'enabled', 0, ${at})`)
    for (const kind of KINDS) {
      await tx.run(sql`INSERT INTO jobs (organization_id, id, kind, queue, payload, dedupe_key, max_attempts, run_at, state, attempts)
        VALUES (${organization}, ${`job_${kind}`}, ${kind}, '', '{}', ${kind}, 8, ${later}, 'ready', 0)`)
    }
  })
  expect((await close()).status).toBe(202)
  await finish()
  const rows = (query: SQL) => tenant.read.all(sql`${query} WHERE organization_id = ${organization}`)
  expect(await rows(sql`SELECT state FROM submissions`)).toEqual([{ state: 'canceled' }])
  expect(await rows(sql`SELECT status FROM ach_files`)).toEqual([{ status: 'canceled' }])
  expect(await rows(sql`SELECT state FROM webhook_endpoints`)).toEqual([{ state: 'disabled' }])
  expect(await rows(sql`SELECT archived_at IS NOT NULL AS archived FROM bank_connections`)).toEqual([{ archived: 1 }])

  const count = () => rows(sql`SELECT count(*) AS count FROM jobs`)
  const done = await count()
  const logged = api.errors.length
  for (let hours = 0; hours < 48; hours += 6) {
    api.clock.now = new Date(api.clock.now.getTime() + 6 * 3_600_000)
    await api.parts.pollBanks()
    await api.runJobs()
  }
  const left = await rows(sql`SELECT DISTINCT state, last_error AS why FROM jobs`)
  expect(left).toEqual([{ state: 'done', why: 'The organization was closed.' }])
  expect(await count(), 'nothing is begun anew').toEqual(done)
  expect(api.errors.length).toBe(logged)
})
