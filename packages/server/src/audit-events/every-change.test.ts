import type { AchFile, Id } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import type { AuditEventRow } from '../audit/audit.ts'
import { auditEvents, controlAuditEvents } from '../audit/table.ts'
import { connectAccount, nonceFor, tokenToConnect } from '../entra/testing/entra-person.ts'
import type { Operation } from '../http/operation.ts'
import { allOperations } from '../operations.ts'
import { addAnswers } from '../returns/testing/add-answers.ts'
import { createTestApi, type Sent, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { SEEDED } from '../testing/payments.ts'
import { codeNow, signIn } from '../testing/portal-person.ts'

/** The list of operations needs its dependencies only when one runs. */
const listed = allOperations(new Proxy({} as Parameters<typeof allOperations>[0], { get: () => ({}) }))
/** These hand out a challenge to be answered; what comes of it is an event. */
const asking = new Set([
  'identities.begin',
  'invitations.preview',
  'passkeys.begin',
  'authenticatorApp.begin',
  'stepUp.begin',
])
const changing = listed.filter(({ id, method }) => method !== 'get' && !asking.has(id))

interface Answer {
  status: number
  body: Record<string, unknown> & { id: string; version: number }
}
type Send = (method: string, path: string, body?: unknown) => Promise<Answer>
/** The one call that is looked at, after what had to be there first. Who makes it and what it is about. */
interface Step {
  /** By the key of the platform, a person in the portal, or nobody yet. */
  by: 'apiKey' | 'user' | 'anonymous'
  target: string
  call: () => Promise<Answer>
  outcome?: 'succeeded' | 'failed' | 'denied'
  /** What it changes on the way, which has events of its own, before the one of the operation. */
  also?: string
}

let api: TestApi
let organization: string
let platformKey: string
let key: Send
let ada: Send
let person: Awaited<ReturnType<typeof signIn>>
let count = 0

/** Another person for each test, so that each has the first passkey still to add. */
let email = ''
const OURS = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }

async function sendAs(method: string, path: string, sent: Sent): Promise<Answer & { headers: Headers }> {
  const headers = { 'Idempotency-Key': `k${++count}`, 'User-Agent': 'Tidewater/1', ...sent.headers }
  const response = await api.send(method, path, { ...sent, headers })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers } as never
}

beforeAll(async () => {
  api = await createTestApi()
  const platform = await api.addPlatform('Tidewater')
  platformKey = platform.apiKey
  organization = await api.addOrganization(platform.platformId, 'Bakery')
  key = (method, path, body) => sendAs(method, path, { key: platformKey, organization, body })
})
afterAll(() => api.close())

beforeEach(async () => {
  count += 1
  api.network.address = `198.51.${Math.floor(count / 250)}.${count % 250}`
  api.clock.now = new Date(api.clock.now.getTime() + 60_000)
  email = `ada${count}@bluebird.example`
  await api.addMember(organization, email, 'administrator')
  const signedIn = await adaSignsIn()
  ada = signedIn.send
  person = signedIn.person
})

async function askForCode() {
  api.clock.now = new Date(api.clock.now.getTime() + 16 * 60_000)
  const asked = await sendAs('POST', '/v1/sign-in/codes', { headers: OURS, body: { email } })
  const code = /\b\d{8}\b/.exec(api.mailbox.list()[0]?.text ?? '')?.[0]
  return {
    code,
    cookie: asked.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; '),
  }
}

/** Ada at the portal, with a passkey of her own. */
async function adaSignsIn() {
  api.clock.now = new Date(api.clock.now.getTime() + 16 * 60_000)
  const person = await signIn(api, email)
  const send: Send = async (method, path, body) => {
    const headers = { 'Idempotency-Key': `k${++count}`, 'User-Agent': 'Tidewater/1' }
    const response = await person.send(method, path, { headers, organization, body })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) } as Answer
  }
  return { person, send }
}

const CONNECTION = {
  name: 'Bank',
  host: '127.0.0.1',
  port: 22,
  username: 'bakery',
  authentication: { method: 'password', password: 'secret words' },
  hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`],
  uploadDirectory: '/in',
  immediateDestination: '121042882',
  immediateOrigin: '1234567890',
}
const made = async (path: string, body: unknown) => {
  const answer = await key('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}
const connection = (over: object = {}) => made('/v1/bank-connections', { ...CONNECTION, ...over })
const accountOf = (bankConnectionId: string) => ({
  name: 'Operating',
  bankConnectionId,
  routingNumber: '121042882',
  accountNumber: '70004455667788',
  accountType: 'checking',
  companyName: 'Payer Inc',
  companyId: '1234567890',
})
const account = async () => made('/v1/bank-accounts', accountOf((await connection()).id))
const recipientBody = () => ({
  name: 'Acme Supply',
  holderType: 'business',
  routingNumber: SEEDED.routingNumber,
  accountNumber: `${SEEDED.accountNumber}${String(++count).padStart(6, '0')}`,
  accountType: 'checking',
})
const recipient = () => made('/v1/recipients', recipientBody())
const draftBody = async () => ({
  name: `Friday ${++count}`,
  batches: [
    {
      bankAccountId: (await account()).id,
      secCode: 'CCD',
      companyEntryDescription: 'VENDORPAY',
      effectiveDate: '2026-11-25',
      entries: [{ recipientId: (await recipient()).id, amountCents: 12_345 }],
    },
  ],
})
const draft = async () => made('/v1/ach-files', await draftBody())
const templateBody = async () => {
  const entries = [{ recipientId: (await recipient()).id, amountCents: 4_321 }]
  const batch = { bankAccountId: (await account()).id, secCode: 'CCD', companyEntryDescription: 'RENT', entries }
  return { name: 'Rent', batches: [batch] }
}
const template = async () => made('/v1/templates', await templateBody())
const scheduleBody = async () => {
  const rule = { frequency: 'monthly', day: 15 }
  return { name: 'Rent', templateId: (await template()).id, rule, startsOn: '2027-01-01' }
}
const schedule = async () => made('/v1/schedules', await scheduleBody())
const ofSchedule = ({ id, version }: { id: string; version: number }, verb: string, also: object = {}) =>
  byKey(id, 'POST', `/v1/schedules/${id}/${verb}`, { version, ...also })
const decided = async (send: Send, id: string, verb: string, more = {}) => {
  const { version } = (await key('GET', `/v1/ach-files/${id}`)).body
  return send('POST', `/v1/ach-files/${id}/${verb}`, { version, ...more })
}
const waiting = async () => {
  const file = await draft()
  await decided(key, file.id, 'request-approval')
  return file
}
const approved = async () => {
  const file = await waiting()
  await provenPerson()
  await decided(ada, file.id, 'approve')
  return file
}
/** A submission that its delivery left in this state. */
const submissionIn = async (state: string) => {
  const file = await approved()
  const { body } = await decided(ada, file.id, 'submit')
  const id = String(body['submissionId'])
  const progress = state === 'failed' ? 'failed' : 'needsAttention'
  const storage = await api.parts.databases.tenantOf(organization)
  await storage.write(async (tx) => {
    await tx.run(sql`UPDATE submissions SET state = ${state} WHERE organization_id = ${organization} AND id = ${id}`)
    await tx.run(
      sql`UPDATE ach_files SET status = ${progress} WHERE organization_id = ${organization} AND id = ${file.id}`,
    )
  })
  return id
}
/** What the bank said about a file that was submitted. */
const answered = async (isMatched: boolean) => {
  const file = await approved()
  const { body } = await decided(ada, file.id, 'submit')
  return addAnswers(api.parts, organization as Id<'org'>, body as unknown as AchFile, isMatched)
}
/** A delivery that is unknown, and what somebody else said the bank told them about it. */
const saidBySomebody = async () => {
  const id = await submissionIn('unknown')
  const said = {
    outcome: 'delivered',
    reason: 'they said so',
    proposedBy: { type: 'user', id: 'usr_other', name: 'O' },
  }
  const resolution = {
    ...said,
    names: ['user:usr_other'],
    proposedAt: '2026-11-23T15:00:00Z',
    expiresAt: '2999-01-01T00:00:00Z',
  }
  const storage = await api.parts.databases.tenantOf(organization)
  await storage.write((tx) =>
    tx.run(
      sql`UPDATE submissions SET resolution = ${JSON.stringify(resolution)} WHERE organization_id = ${organization} AND id = ${id}`,
    ),
  )
  return id
}
const embedSession = () =>
  made('/v1/embed-sessions', {
    endUser: { externalId: 'u1', name: 'Jo' },
    components: { recipients: { features: [] } },
    allowedOrigins: ['https://tidewater.example'],
  })

/** Another member, about whom Ada, who has just proven who she is, decides. */
const colleague = async () => {
  await provenPerson()
  return api.addMember(organization, `jo${++count}@bluebird.example`, 'viewer')
}
/** An organization of its own, with two members, one of whom has just proven who they are. */
const reviewed = async () => {
  const mill = await api.addOrganization((await api.addPlatform('Miller')).platformId, 'Mill')
  await api.addMember(mill, `miller${++count}@mill.example`, 'owner')
  const owner = await signIn(api, `miller${count}@mill.example`)
  await owner.addPasskey()
  await owner.stepUp()
  const other = await api.addMember(mill, `other${++count}@mill.example`, 'viewer')
  const miller: Send = async (method, path, body) => {
    const response = await owner.send(method, path, {
      headers: { 'User-Agent': 'Tidewater/1' },
      organization: mill,
      body,
    })
    return { status: response.status, body: await response.json() } as Answer
  }
  return { mill, miller, other }
}
const invited = (address = `new${++count}@bluebird.example`) =>
  ada('POST', '/v1/invitations', { email: address, role: 'viewer' })

/** A passkey of a person who signed in just now. */
const passkey = async () => ((await (await person.addPasskey()).json()) as { id: string }).id
const provenPerson = async () => {
  const id = await passkey()
  expect((await person.stepUp()).status).toBe(200)
  return id
}

const proven = async () => {
  await provenPerson()
  return person
}
const connected = async () => (await connectAccount(api, await proven(), { oid: email })).id
const KEY = { name: 'Back end', scopes: ['recipients:read'] }
type SignedIn = Awaited<ReturnType<typeof signIn>>
const sendBy = async (who: SignedIn, method: string, path: string, sent: Sent): Promise<Answer> => {
  const headers = { 'Idempotency-Key': `k${++count}`, 'User-Agent': 'Tidewater/1' }
  const response = await who.send(method, path, { headers, ...sent })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) } as Answer
}
/** Ada for a platform, or naming none. */
const ofPerson = (platform: string | null, path: string, body: unknown, method = 'POST') =>
  sendBy(person, method, path, { body, ...(platform === null ? {} : { platform }) })
/** On a platform that Ada has just begun. */
const ofPlatform = async (path: string, body: unknown, method = 'POST'): Promise<Step> => {
  await provenPerson()
  const { id } = (await ofPerson(null, '/v1/platforms', { name: 'Ledgerly' })).body
  return { by: 'user', target: id, call: () => ofPerson(id, `/v1/platforms/${id}${path}`, body, method) }
}

const byKey = (target: string, method: string, path: string, body?: unknown): Step => ({
  by: 'apiKey',
  target,
  call: () => key(method, path, body),
})
const ENDPOINT = { url: 'https://books.example/webhooks' }
const ofEndpoint = async (action: string, body?: unknown, method = 'POST'): Promise<Step> => {
  const { id } = await made('/v1/webhook-endpoints', ENDPOINT)
  return byKey(id, method, `/v1/webhook-endpoints/${id}${action}`, body)
}
const ofFile = (file: { id: string }, by: 'apiKey' | 'user', verb: string, more = {}): Step => ({
  by,
  target: file.id,
  call: () => decided(by === 'user' ? ada : key, file.id, verb, more),
})

/** A file that the bank has. */
const atTheBank = async () => {
  const { id } = await approved()
  await decided(ada, id, 'submit')
  const storage = await api.parts.databases.tenantOf(organization)
  await storage.write((tx) =>
    tx.run(sql`UPDATE ach_files SET status = 'delivered' WHERE organization_id = ${organization} AND id = ${id}`),
  )
  return id
}

/** Somebody else has asked for a looser approval policy. Gives the number of the proposal. */
const proposed = async () => {
  await provenPerson()
  const storage = await api.parts.databases.tenantOf(organization)
  const terms = JSON.stringify({ rules: [{ fromCents: 0, approvals: 1, people: null }], expiresAfterDays: 30 })
  const at = api.clock.now.toISOString()
  await storage.write((tx) =>
    tx.run(sql`INSERT INTO approval_policy_proposals
      (organization_id, number, from_version, terms, proposed_by, people, proposed_at)
      VALUES (${organization}, ${++count}, 1, ${terms}, '{"type":"user","id":"usr_other"}', '["user:usr_other"]', ${at})`),
  )
  return count
}

/** How each operation that changes something is called so that it does. `new` is what the answer names. */
const steps: Record<string, () => Promise<Step>> = {
  'organizations.create': async () => ({
    by: 'apiKey',
    target: 'new',
    call: () => sendAs('POST', '/v1/organizations', { key: platformKey, body: { name: 'Mill' } }),
  }),
  'organizations.close': async () => {
    const { mill, miller } = await reviewed()
    return { by: 'user', target: mill, call: () => miller('POST', `/v1/organizations/${mill}/close`, { name: 'Mill' }) }
  },
  'accessReviews.begin': async () => {
    const { miller } = await reviewed()
    return { by: 'user', target: 'rev', call: () => miller('POST', '/v1/access-reviews') }
  },
  'accessReviews.decide': async () => {
    const { miller, other } = await reviewed()
    const { body } = await miller('POST', '/v1/access-reviews')
    const { id } = (body as unknown as { current: { id: string } }).current
    const decision = { subjectId: other, decision: 'confirmed' }
    return { by: 'user', target: id, call: () => miller('POST', `/v1/access-reviews/${id}/decide`, decision) }
  },
  'accessReviews.configure': async () => {
    const { mill, miller } = await reviewed()
    return { by: 'user', target: mill, call: () => miller('POST', '/v1/access-reviews/configure', { everyDays: 30 }) }
  },
  'account.chooseMails': async () => ({
    by: 'user',
    target: 'usr',
    call: () => ada('POST', '/v1/session/mails', { off: ['schedules'] }),
  }),
  'account.close': async () => {
    await provenPerson()
    await ada('POST', '/v1/members/leave')
    return { by: 'user', target: 'usr', call: () => ada('POST', '/v1/session/close-account', { confirm: 'CLOSE' }) }
  },
  'members.changeRole': async () => {
    const id = await colleague()
    return { by: 'user', target: id, call: () => ada('POST', `/v1/members/${id}/change-role`, { role: 'approver' }) }
  },
  'members.remove': async () => {
    const id = await colleague()
    return { by: 'user', target: id, call: () => ada('POST', `/v1/members/${id}/remove`) }
  },
  'members.resetSecondFactors': async () => {
    const id = await colleague()
    return { by: 'user', target: id, call: () => ada('POST', `/v1/members/${id}/reset-second-factors`) }
  },
  'members.endSessions': async () => {
    const id = await colleague()
    return { by: 'user', target: id, call: () => ada('POST', `/v1/members/${id}/end-sessions`) }
  },
  'members.leave': async () => {
    await provenPerson()
    return { by: 'user', target: 'usr', call: () => ada('POST', '/v1/members/leave') }
  },
  'invitations.create': async () => {
    await provenPerson()
    return { by: 'user', target: 'new', call: () => invited() }
  },
  'invitations.createFirstOwner': async () => {
    const body = { email: `first${++count}@bluebird.example` }
    const headers = { 'Idempotency-Key': `k${count}` }
    const mill = await sendAs('POST', '/v1/organizations', { key: platformKey, body: { name: 'Mill' }, headers })
    const sent = { key: platformKey, organization: mill.body.id, body }
    return { by: 'apiKey', target: 'new', call: () => sendAs('POST', '/v1/invitations/first-owner', sent) }
  },
  'invitations.resend': async () => {
    await provenPerson()
    const { id } = (await invited()).body
    return { by: 'user', target: id, call: () => ada('POST', `/v1/invitations/${id}/resend`) }
  },
  'invitations.revoke': async () => {
    await provenPerson()
    const { id } = (await invited()).body
    return { by: 'user', target: id, call: () => ada('POST', `/v1/invitations/${id}/revoke`) }
  },
  'invitations.accept': async () => {
    const address = `grace${++count}@bluebird.example`
    await provenPerson()
    // Mails about what went before are sent first: the mailbox keeps only the newest.
    await api.runJobs()
    const { id } = (await invited(address)).body
    await api.runJobs()
    const mail = api.mailbox.list().find(({ to }) => to === address)
    const secret = /#(\S+)/.exec(mail?.text ?? '')?.[1]
    const grace = await signIn(api, address)
    const headers = { 'User-Agent': 'Tidewater/1' }
    const call = async () => {
      const response = await grace.send('POST', '/v1/session/invitations', { headers, body: { secret } })
      return { status: response.status, body: {} } as Answer
    }
    return { by: 'user', target: id, call }
  },
  'platforms.create': async () => {
    await provenPerson()
    return { by: 'user', target: 'new', call: () => ofPerson(null, '/v1/platforms', { name: 'Ledgerly' }) }
  },
  'platforms.update': async () => ofPlatform('', { name: 'Ledgers' }, 'PATCH'),
  'platforms.inviteAdministrator': async () => ofPlatform('/administrators', { email: 'grace@ledgerly.example' }),
  'platforms.removeAdministrator': async () => {
    const step = await ofPlatform('/administrators/remove', { email: 'grace@ledgerly.example' })
    await ofPerson(step.target, `/v1/platforms/${step.target}/administrators`, { email: 'grace@ledgerly.example' })
    return step
  },
  'platforms.acceptInvitation': async () => {
    const { target } = await ofPlatform('', {})
    await ofPerson(target, `/v1/platforms/${target}/administrators`, { email: 'grace@ledgerly.example' })
    await api.addMember(organization, 'grace@ledgerly.example', 'viewer')
    api.network.address = '198.51.100.251'
    const grace = await signIn(api, 'grace@ledgerly.example')
    await grace.addPasskey()
    await grace.stepUp()
    return { by: 'user', target, call: () => sendBy(grace, 'POST', `/v1/platforms/${target}/accept`, {}) }
  },
  'apiKeys.create': async () => {
    await provenPerson()
    return { by: 'user', target: 'new', call: () => ada('POST', '/v1/api-keys', KEY) }
  },
  'apiKeys.rotate': async () => {
    await provenPerson()
    const { id } = (await ada('POST', '/v1/api-keys', KEY)).body
    return { by: 'user', target: id, call: () => ada('POST', `/v1/api-keys/${id}/rotate`, {}) }
  },
  'apiKeys.revoke': async () => {
    await provenPerson()
    const { id } = (await ada('POST', '/v1/api-keys', KEY)).body
    return { by: 'user', target: id, call: () => ada('POST', `/v1/api-keys/${id}/revoke`) }
  },
  'embedSessions.create': async () => ({
    by: 'apiKey',
    target: 'new',
    call: async () => ({ status: 201, body: (await embedSession()) as Answer['body'] }),
  }),
  'embedSessions.revoke': async () => {
    const { id } = await embedSession()
    return byKey(id, 'POST', `/v1/embed-sessions/${id}/revoke`)
  },
  'bankConnections.create': async () => byKey('new', 'POST', '/v1/bank-connections', CONNECTION),
  'bankConnections.update': async () => {
    const { id } = await connection()
    return byKey(id, 'PATCH', `/v1/bank-connections/${id}`, { name: 'Other' })
  },
  'bankConnections.archive': async () => {
    const { id } = await connection()
    return byKey(id, 'POST', `/v1/bank-connections/${id}/archive`)
  },
  'bankConnections.makeNextKey': async () => {
    const { id } = await connection({ authentication: { method: 'newKeyPair' } })
    return byKey(id, 'POST', `/v1/bank-connections/${id}/make-next-key`, { use: 'signIn' })
  },
  'bankConnections.useNextKey': async () => {
    const { id } = await connection({ authentication: { method: 'newKeyPair' } })
    await key('POST', `/v1/bank-connections/${id}/make-next-key`, { use: 'signIn' })
    return byKey(id, 'POST', `/v1/bank-connections/${id}/use-next-key`, { use: 'signIn' })
  },
  'bankConnections.test': async () => {
    const { id } = await connection()
    return { ...byKey(id, 'POST', `/v1/bank-connections/${id}/test`), outcome: 'failed' }
  },
  'bankConnections.scanHostKey': async () => ({
    ...byKey(organization, 'POST', '/v1/bank-connections/scan-host-key', { host: '127.0.0.1', port: 22 }),
    outcome: 'denied',
  }),
  'bankAccounts.create': async () => byKey('new', 'POST', '/v1/bank-accounts', accountOf((await connection()).id)),
  'bankAccounts.update': async () => {
    const { id } = await account()
    return byKey(id, 'PATCH', `/v1/bank-accounts/${id}`, { name: 'Payroll' })
  },
  'bankAccounts.archive': async () => {
    const { id } = await account()
    return byKey(id, 'POST', `/v1/bank-accounts/${id}/archive`)
  },
  'recipients.create': async () => byKey('new', 'POST', '/v1/recipients', recipientBody()),
  'recipients.update': async () => {
    const { id } = await recipient()
    return byKey(id, 'PATCH', `/v1/recipients/${id}`, { name: 'Acme Limited' })
  },
  'recipients.archive': async () => {
    const { id } = await recipient()
    return byKey(id, 'POST', `/v1/recipients/${id}/archive`)
  },
  'recipients.reveal': async () => {
    const { id } = await recipient()
    await provenPerson()
    return {
      by: 'user',
      target: id,
      call: () => ada('POST', `/v1/recipients/${id}/reveal`, { purpose: 'verifyWithPayee' }),
    }
  },
  'approvalPolicy.update': async () => {
    await provenPerson()
    const input = { version: 0, rules: [{ fromCents: 0, approvals: 1 }], expiresAfterDays: 29 }
    return { by: 'user', target: organization, call: () => ada('POST', '/v1/approval-policy', input) }
  },
  'approvalPolicy.confirm': async () => {
    const number = await proposed()
    return { by: 'user', target: organization, call: () => ada('POST', '/v1/approval-policy/confirm', { number }) }
  },
  'approvalPolicy.discard': async () => {
    const number = await proposed()
    return { by: 'user', target: organization, call: () => ada('POST', '/v1/approval-policy/discard', { number }) }
  },
  'achFiles.create': async () => byKey('new', 'POST', '/v1/ach-files', await draftBody()),
  'achFiles.update': async () => {
    const { id, version } = await draft()
    return byKey(id, 'PATCH', `/v1/ach-files/${id}`, { version, name: 'Monday' })
  },
  'achFiles.requestApproval': async () => ofFile(await draft(), 'apiKey', 'request-approval'),
  'achFiles.approve': async () => {
    await provenPerson()
    return ofFile(await waiting(), 'user', 'approve')
  },
  'achFiles.reject': async () => ofFile(await waiting(), 'user', 'reject', { reason: 'twice' }),
  'achFiles.withdrawApproval': async () => ofFile(await approved(), 'user', 'withdraw-approval'),
  'achFiles.submit': async () => ofFile(await approved(), 'user', 'submit'),
  'achFiles.reverse': async () => {
    const file = await atTheBank()
    const path = `/v1/ach-files/${file}/reverse`
    const { version } = (await key('GET', `/v1/ach-files/${file}`)).body
    const discoveredAt = api.clock.now.toISOString()
    return { by: 'user', target: 'new', call: () => ada('POST', path, { version, reason: 'duplicate', discoveredAt }) }
  },
  'achFiles.addEntries': async () => {
    const { id, version } = await draft()
    const { batches } = (await key('GET', `/v1/ach-files/${id}`)).body as unknown as AchFile
    const entries = [{ recipientId: (await recipient()).id, amountCents: 100 }]
    return byKey(id, 'POST', `/v1/ach-files/${id}/entries`, { version, batchId: batches[0]?.id, entries })
  },
  'achFiles.cancel': async () => ofFile(await draft(), 'apiKey', 'cancel'),
  'templates.create': async () => byKey('new', 'POST', '/v1/templates', await templateBody()),
  'templates.update': async () => {
    const { id, version } = await template()
    return byKey(id, 'PATCH', `/v1/templates/${id}`, { version, name: 'Parking' })
  },
  'templates.archive': async () => {
    const { id, version } = await template()
    return byKey(id, 'POST', `/v1/templates/${id}/archive`, { version })
  },
  'templates.use': async () => {
    const { id } = await template()
    return byKey('new', 'POST', `/v1/templates/${id}/use`, { effectiveDate: '2026-11-25' })
  },
  'schedules.create': async () => byKey('new', 'POST', '/v1/schedules', await scheduleBody()),
  'schedules.update': async () => {
    const { id, version } = await schedule()
    return byKey(id, 'PATCH', `/v1/schedules/${id}`, { version, name: 'Parking' })
  },
  'schedules.confirm': async () => ofSchedule(await schedule(), 'confirm'),
  'schedules.pause': async () => ofSchedule(await schedule(), 'pause'),
  'schedules.resume': async () => {
    const { id, version } = await schedule()
    const paused = await key('POST', `/v1/schedules/${id}/pause`, { version })
    return ofSchedule(paused.body, 'resume')
  },
  'schedules.end': async () => ofSchedule(await schedule(), 'end'),
  'schedules.skip': async () => ofSchedule(await schedule(), 'skip', { dueOn: '2027-01-15' }),
  'submissions.retry': async () => {
    const id = await submissionIn('failed')
    return { by: 'user', target: id, call: () => ada('POST', `/v1/submissions/${id}/retry`) }
  },
  'submissions.resolve': async () => {
    const id = await submissionIn('unknown')
    const body = { outcome: 'delivered', reason: 'the bank said so' }
    return { by: 'user', target: id, call: () => ada('POST', `/v1/submissions/${id}/resolve`, body) }
  },
  'webhookEndpoints.create': async () => byKey('new', 'POST', '/v1/webhook-endpoints', ENDPOINT),
  'webhookEndpoints.update': async () => ofEndpoint('', { description: 'Other' }, 'PATCH'),
  'webhookEndpoints.rotateSecret': async () => ofEndpoint('/rotate-secret', {}),
  'webhookEndpoints.enable': async () => {
    const step = await ofEndpoint('/enable')
    await key('POST', `/v1/webhook-endpoints/${step.target}/disable`)
    return step
  },
  'webhookEndpoints.disable': async () => ofEndpoint('/disable'),
  'webhookEndpoints.archive': async () => ofEndpoint('/archive'),
  'webhookEndpoints.test': async () => ofEndpoint('/test'),
  'webhookEndpoints.redeliverFailed': async () => ofEndpoint('/redeliver-failed', { since: '2026-01-01T00:00:00Z' }),
  'webhookDeliveries.redeliver': async () => {
    const { target } = await ofEndpoint('')
    const { id } = (await key('POST', `/v1/webhook-endpoints/${target}/test`)).body
    await api.runJobs()
    return byKey(id, 'POST', `/v1/webhook-deliveries/${id}/redeliver`)
  },
  'submissions.confirmResolution': async () => {
    const id = await saidBySomebody()
    const call = () => ada('POST', `/v1/submissions/${id}/confirm-resolution`, { outcome: 'delivered' })
    return { by: 'user', target: id, call }
  },
  'submissions.rejectResolution': async () => {
    const id = await saidBySomebody()
    const call = () => ada('POST', `/v1/submissions/${id}/reject-resolution`, { reason: 'it was another file' })
    return { by: 'user', target: id, call }
  },
  'deliveries.stop': async () => byKey(organization, 'POST', '/v1/deliveries/stop', { reason: 'something is wrong' }),
  'deliveries.resume': async () => {
    await byKey(organization, 'POST', '/v1/deliveries/stop', { reason: 'something is wrong' }).call()
    await provenPerson()
    return {
      by: 'user',
      target: organization,
      call: () => ada('POST', '/v1/deliveries/resume', { reason: 'it is right' }),
    }
  },
  'inboundFiles.listAtBank': async () => {
    const { id } = await connection({ returnDirectory: '/returns' })
    return { ...byKey(id, 'POST', `/v1/bank-connections/${id}/list-inbound-files`), outcome: 'failed' }
  },
  'inboundFiles.fetch': async () => {
    const { id } = await connection({ returnDirectory: '/returns' })
    return byKey(id, 'POST', `/v1/bank-connections/${id}/fetch-inbound-files`, {})
  },
  'inboundFiles.reprocess': async () => {
    const { inboundFileId } = await answered(true)
    return byKey(inboundFileId, 'POST', `/v1/inbound-files/${inboundFileId}/reprocess`)
  },
  'returns.match': async () => {
    const { returnId, entryId } = await answered(false)
    const body = { entryId, reason: 'the bank said so' }
    return { by: 'user', target: returnId, call: () => ada('POST', `/v1/returns/${returnId}/match`, body) }
  },
  'returns.retry': async () => {
    const { returnId } = await answered(true)
    return { ...byKey(returnId, 'POST', `/v1/returns/${returnId}/retry`, {}), also: 'achFile.created' }
  },
  'corrections.apply': async () => {
    const { correctionId } = await answered(true)
    return { ...byKey(correctionId, 'POST', `/v1/corrections/${correctionId}/apply`), also: 'recipient.updated' }
  },
  'corrections.match': async () => {
    const { correctionId, entryId } = await answered(false)
    const body = { entryId, reason: 'the bank said so' }
    return { by: 'user', target: correctionId, call: () => ada('POST', `/v1/corrections/${correctionId}/match`, body) }
  },
  'corrections.dismiss': async () => {
    const { correctionId } = await answered(false)
    return byKey(correctionId, 'POST', `/v1/corrections/${correctionId}/dismiss`, { reason: 'it is right' })
  },
  'corrections.updatePolicy': async () => {
    await provenPerson()
    const call = () => ada('PATCH', '/v1/correction-policy', { apply: 'byRule' })
    return { by: 'user', target: organization, call }
  },
  'auditEvents.export': async () => {
    await provenPerson()
    const call = async () => {
      const headers = { 'User-Agent': 'Tidewater/1' }
      const sent = { headers, organization, body: { format: 'csv' } }
      const response = await person.send('POST', '/v1/audit-events/export', sent)
      await response.text()
      return { status: response.status, body: {} } as Answer
    }
    return { by: 'user', target: organization, call }
  },
  'signIn.requestCode': async () => {
    const sent = { headers: OURS, body: { email } }
    return { by: 'anonymous', target: 'usr', call: () => sendAs('POST', '/v1/sign-in/codes', sent) }
  },
  'signIn.verifyCode': async () => {
    const { code, cookie } = await askForCode()
    const sent = { headers: { ...OURS, Cookie: cookie }, body: { email, code } }
    return { by: 'user', target: 'usr', call: () => sendAs('POST', '/v1/sign-in/sessions', sent) }
  },
  'signIn.withEntra': async () => {
    await connected()
    const { nonce, cookie } = await nonceFor(api)
    const token = api.issuer.token(api.issuer.claims(api.clock.now, nonce, { oid: email }))
    const sent = { headers: { ...OURS, Cookie: cookie }, body: { token } }
    return { by: 'user', target: 'usr', call: () => sendAs('POST', '/v1/sign-in/entra', sent) }
  },
  'identities.create': async () => {
    const { token, cookie } = await tokenToConnect(api, await proven(), { oid: email })
    const call = async () => {
      const headers = { 'User-Agent': 'Tidewater/1', Cookie: `${person.cookie}; ${cookie}` }
      const response = await person.send('POST', '/v1/session/identities', { headers, body: { token } })
      return { status: response.status, body: await response.json() } as Answer
    }
    return { by: 'user', target: 'new', call }
  },
  'identities.remove': async () => {
    const id = await connected()
    return { by: 'user', target: id, call: () => ada('POST', `/v1/session/identities/${id}/remove`) }
  },
  'passkeys.create': async () => {
    const credential = person.passkey.create(await person.challengeOf('/v1/session/passkeys/challenges'))
    const call = () => ada('POST', '/v1/session/passkeys', { name: 'Laptop', credential })
    return { by: 'user', target: 'new', call }
  },
  'passkeys.remove': async () => {
    const id = await provenPerson()
    return { by: 'user', target: id, call: () => ada('POST', `/v1/session/passkeys/${id}/remove`) }
  },
  'authenticatorApp.confirm': async () => {
    const code = codeNow(api, await person.authenticatorSecret())
    return { by: 'user', target: 'ata', call: () => ada('POST', '/v1/session/authenticator-app', { code }) }
  },
  'authenticatorApp.remove': async () => {
    await provenPerson()
    await person.addAuthenticatorApp()
    return { by: 'user', target: 'ata', call: () => ada('POST', '/v1/session/authenticator-app/remove') }
  },
  'recoveryCodes.create': async () => {
    await provenPerson()
    return { by: 'user', target: 'usr', call: () => ada('POST', '/v1/session/recovery-codes') }
  },
  'stepUp.verify': async () => {
    const id = await passkey()
    const credential = person.passkey.get(await person.challengeOf('/v1/session/step-up/challenges'))
    return { by: 'user', target: id, call: () => ada('POST', '/v1/session/step-up', { credential }) }
  },
  'openSessions.end': async () => {
    const other = await signIn(api, email)
    const { data } = (await (await other.send('GET', '/v1/session/open-sessions')).json()) as {
      data: { id: string; isCurrent: boolean }[]
    }
    const id = data.find(({ isCurrent }) => isCurrent)?.id ?? ''
    return { by: 'user', target: id, call: () => ada('POST', `/v1/session/open-sessions/${id}/end`) }
  },
  'openSessions.endOthers': async () => ({
    by: 'user',
    target: 'usr',
    call: () => ada('POST', '/v1/session/open-sessions/end-others'),
  }),
  'embedSession.raise': async () => {
    await provenPerson()
    const { id } = await made('/v1/embed-sessions', {
      endUser: { externalId: 'u1', name: 'Jo' },
      components: { recipients: { risable: ['reveal'] } },
      allowedOrigins: ['https://tidewater.example'],
    })
    const body = { embedSessionId: id, secretHash: 'a'.repeat(64) }
    return { by: 'user', target: id, call: () => ada('POST', '/v1/session/embed-raises', body) }
  },
  'portalSession.end': async () => ({ by: 'user', target: 'usr', call: () => ada('POST', '/v1/session/end') }),
}

async function everyEvent(): Promise<AuditEventRow[]> {
  const { control, tenants } = api.parts.databases
  const rows: AuditEventRow[] = await byHand(control).read.select().from(controlAuditEvents)
  for (const tenant of tenants()) rows.push(...(await byHand(tenant).read.select().from(auditEvents)))
  return rows
}

describe.each(changing.map((operation) => [operation.id, operation] as const))('%s', (id, operation: Operation) => {
  test('leaves exactly one event: who, through what, from where, on what, how it ended', async () => {
    const prepare = steps[id]
    if (prepare === undefined) throw new Error(`Say in this test how ${id} is called, so that its event is looked at.`)
    const step = await prepare()
    const before = new Set((await everyEvent()).map((event) => event.id))
    const answer = await step.call()
    const outcome = step.outcome ?? 'succeeded'
    if (outcome === 'succeeded') expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    const events = (await everyEvent()).filter((event) => !before.has(event.id))
    const own = 'audit' in operation ? operation.audit : 'has none'
    expect(events.map(({ action }) => action)).toEqual([...(step.also === undefined ? [] : [step.also]), own])
    const event = events.at(-1)
    expect(event).toMatchObject({ outcome, actorType: step.by, ip: api.network.address, userAgent: 'Tidewater/1' })
    if (['usr', 'ata', 'rev'].includes(step.target)) expect(event?.targetId).toMatch(new RegExp(`^${step.target}_`))
    else expect(event?.targetId).toBe(step.target === 'new' ? answer.body.id : step.target)
    expect(event?.requestId).toMatch(/^req_/)
    const via = { apiKey: 'apiKey', user: 'portalSession', anonymous: null }[step.by]
    expect(event?.viaType).toBe(via)
    if (via !== null) expect(event?.viaId).toMatch(via === 'apiKey' ? /^key_/ : /^ses_/)
    expect(JSON.stringify(event)).not.toMatch(/8800123456|091000019|70004455667788|121042882/)
  })
})

test('no test is about an operation that is not there any more', () => {
  expect(Object.keys(steps).sort()).toEqual(changing.map(({ id }) => id).sort())
})
