import { type Id, MACHINE_SCOPES, type Scope } from '@fistworks/contract'
import { members } from '../../src/access/table.ts'
import { accessReviewItems, accessReviews } from '../../src/access-reviews/table.ts'
import { invitations } from '../../src/invitations/table.ts'
import type { DatabasePlaces } from '../../src/storage/database-places.ts'
import { byHand } from '../../src/storage/testing/by-hand.ts'
import type { Storage } from '../../src/storage/transaction.ts'
import { createTestApi, type TestApi } from '../../src/testing/api.ts'
import { signIn } from '../../src/testing/portal-person.ts'

import { addBankAnswers } from './bank-answers.ts'
import { type ChangesByHand, changesByHand, idOfKey, PAST } from './changes-by-hand.ts'
import { accountOf, connectionOf, endpointOf, fileOf, recipientOf, scheduleOf, templateOf } from './things.ts'

export const PAGE = 'https://books.example'

/** Ids that a request may name. */
export interface Ids {
  platform: string
  apiKey: string
  organization: string
  bankConnection: string
  bankAccount: string
  recipient: string
  achFile: string
  submission: string
  inboundFile: string
  return: string
  correction: string
  webhookEndpoint: string
  webhookDelivery: string
  template: string
  schedule: string
  embedSession: string
  member: string
  invitation: string
  accessReview: string
}

/** Ids of the right form that nothing has. */
export const UNKNOWN: Ids = {
  platform: 'plt_01m7yrd1hcechv6nb2ne0f5e88',
  apiKey: 'key_01m7yrd1hcechv6nb2ne0f5e89',
  organization: 'org_01m7yrd1hcechv6nb2ne0f5e90',
  bankConnection: 'bcn_01m7yrd1hcechv6nb2ne0f5e91',
  bankAccount: 'bac_01m7yrd1hcechv6nb2ne0f5e92',
  recipient: 'rcp_01m7yrd1hcechv6nb2ne0f5e93',
  achFile: 'ach_01m7yrd1hcechv6nb2ne0f5e94',
  submission: 'sub_01m7yrd1hcechv6nb2ne0f5e95',
  inboundFile: 'inb_01m7yrd1hcechv6nb2ne0f5e9b',
  return: 'ret_01m7yrd1hcechv6nb2ne0f5e9c',
  correction: 'cor_01m7yrd1hcechv6nb2ne0f5e9d',
  webhookEndpoint: 'whe_01m7yrd1hcechv6nb2ne0f5e9b',
  webhookDelivery: 'whd_01m7yrd1hcechv6nb2ne0f5e9c',
  template: 'tpl_01m7yrd1hcechv6nb2ne0f5e9b',
  schedule: 'sch_01m7yrd1hcechv6nb2ne0f5e9c',
  embedSession: 'ems_01m7yrd1hcechv6nb2ne0f5e96',
  member: 'usr_01m7yrd1hcechv6nb2ne0f5e98',
  invitation: 'inv_01m7yrd1hcechv6nb2ne0f5e99',
  accessReview: 'rev_01m7yrd1hcechv6nb2ne0f5e9a',
}

export type Person = Awaited<ReturnType<typeof signIn>>

/** One accounting product with one company in it, whose every text holds a word that no other company has. */
export interface Tenant {
  platformId: string
  platformKey: string
  ids: Ids
  /** Texts that only this company may see. */
  canaries: string[]
}

export interface World extends ChangesByHand {
  api: TestApi
  victim: Tenant
  other: Tenant
  fresh(): string
  /** A key of one organization with these scopes. */
  key(organization: string, scopes?: readonly Scope[]): Promise<string>
  embedded(tenant: Tenant, components: object, origins?: string[]): Promise<{ id: string; token: string }>
  /** Somebody who has just proven with a passkey that it is they. */
  person(email: string): Promise<Person>
  /** Somebody who has signed in, and no more. */
  unproven(email: string): Promise<Person>
  /** An access token of a key; `asked` as the token endpoint takes it. */
  accessToken(key: string, asked?: { scope?: string; organization?: string }): Promise<string>
  /** The member and the invitation that are named in requests are there again. */
  renew(): Promise<void>
  close(): Promise<void>
}

/** Two tenants with one of everything, in the databases that are given. */
export async function createWorld(databases: DatabasePlaces = {}, homes = ['main', 'main']): Promise<World> {
  const api = await createTestApi(undefined, databases)
  const control = byHand(api.parts.databases.control)
  let count = 0
  let people = 0
  const fresh = () => `k${++count}`
  const victim = await tenantOf(api, 'VICTIMS', homes[0] ?? 'main', fresh)
  const other = await tenantOf(api, 'OTHERS', homes[1] ?? 'main', fresh)

  const unproven = (email: string) => {
    // Codes are counted by network.
    api.network.address = `203.0.113.${++people}`
    return signIn(api, email)
  }

  return {
    api,
    victim,
    other,
    fresh,
    key: (organizationId, scopes = MACHINE_SCOPES) => api.addKey({ organizationId }, [...scopes]),
    async embedded(tenant, components, origins = [PAGE]) {
      const body = { endUser: { externalId: fresh(), name: 'End User' }, components, allowedOrigins: origins }
      return (await made(api, tenant, '/v1/embed-sessions', body, fresh)) as { id: string; token: string }
    },
    unproven,
    async person(email) {
      const person = await unproven(email)
      await proveHere(person)
      return person
    },
    async accessToken(key, asked = {}) {
      const client = { client_id: idOfKey(key), client_secret: key }
      const body = new URLSearchParams({ grant_type: 'client_credentials', ...client, ...asked }).toString()
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const response = await api.send('POST', '/v1/oauth/token', { headers, body })
      const answer = (await response.json()) as { access_token?: string }
      if (answer.access_token === undefined) throw new Error(`no access token: ${JSON.stringify(answer)}`)
      return answer.access_token
    },
    ...changesByHand(control),
    async renew() {
      for (const { ids, canaries } of [victim, other]) await addPeople(control, ids, canaries[0] ?? '')
    },
    close: () => api.close(),
  }
}

async function proveHere(person: Person): Promise<void> {
  await person.addPasskey()
  const proven = await person.stepUp()
  if (!proven.ok) throw new Error('The person could not prove that it is they.')
}

async function made(
  api: TestApi,
  { platformKey, ids }: Pick<Tenant, 'platformKey' | 'ids'>,
  path: string,
  body: object,
  fresh: () => string,
) {
  const sent = { key: platformKey, organization: ids.organization, body, headers: { 'Idempotency-Key': fresh() } }
  const response = await api.send('POST', path, sent)
  const answer = (await response.json()) as { id: string; version: number }
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`)
  return answer
}

async function tenantOf(api: TestApi, word: string, database: string, fresh: () => string): Promise<Tenant> {
  const { platformId, apiKey: platformKey } = await api.addPlatform(`The product of ${word.toLowerCase()}`)
  const organization = await api.addOrganization(platformId, `${word} company`, database)
  const ids: Ids = { ...UNKNOWN, platform: platformId, organization }
  ids.apiKey = idOfKey(await api.addKey({ organizationId: organization }, [...MACHINE_SCOPES]))
  const make = (path: string, body: object) => made(api, { platformKey, ids }, path, body, fresh)
  ids.bankConnection = (await make('/v1/bank-connections', connectionOf(word))).id
  ids.bankAccount = (await make('/v1/bank-accounts', accountOf(word, ids))).id
  ids.recipient = (await make('/v1/recipients', recipientOf(word, '7001'))).id
  ids.achFile = (await make('/v1/ach-files', fileOf(word, ids))).id
  ids.webhookEndpoint = (await make('/v1/webhook-endpoints', endpointOf(word))).id
  ids.webhookDelivery = (await make(`/v1/webhook-endpoints/${ids.webhookEndpoint}/test`, {})).id
  ids.template = (await make('/v1/templates', templateOf(word, ids))).id
  ids.schedule = (await make('/v1/schedules', scheduleOf(word, ids))).id
  const session = { endUser: { externalId: word, name: word }, components: { recipients: { features: [] } } }
  ids.embedSession = (await make('/v1/embed-sessions', { ...session, allowedOrigins: [PAGE] })).id
  ids.member = await api.addMember(organization, `${word.toLowerCase()}-member@example.com`, 'approver')
  ids.invitation = api.parts.newId('inv', api.clock.now)
  ids.accessReview = api.parts.newId('rev', api.clock.now)
  await addPeople(byHand(api.parts.databases.control), ids, word)
  ids.submission = await submitted(api, { platformKey, ids, word }, make, fresh)
  await addBankAnswers(api, ids, word)
  return {
    platformId,
    platformKey,
    ids,
    canaries: [word, ...Object.entries(ids).flatMap(([kind, id]) => (kind === 'platform' ? [] : [id]))],
  }
}

async function addPeople(
  control: Storage,
  { organization, member, invitation, accessReview }: Ids,
  word: string,
): Promise<void> {
  const createdAt = PAST
  await control.write(async (tx) => {
    const row = { organizationId: organization, userId: member, role: 'approver', createdAt } as const
    const roleAgain = { target: [members.organizationId, members.userId], set: { role: row.role } }
    await tx.insert(members).values(row).onConflictDoUpdate(roleAgain)
    const open = { mailings: 1, revokedAt: null, createdAt, expiresAt: '2099-01-01T00:00:00.000Z' }
    const invited = {
      email: `${word}-invited@example.com`,
      role: 'viewer',
      invitedBy: 'x',
      invitedByName: word,
    } as const
    const asked = { ...invited, ...open, organizationId: organization as Id<'org'>, id: invitation as Id<'inv'> }
    const again = { target: [invitations.organizationId, invitations.id], set: open }
    await tx.insert(invitations).values(asked).onConflictDoUpdate(again)
    const review = { organizationId: organization, id: accessReview as Id<'rev'>, begunAt: PAST, begunBy: word }
    await tx
      .insert(accessReviews)
      .values(review)
      .onConflictDoUpdate({ target: [accessReviews.organizationId, accessReviews.id], set: { completedAt: null } })
    const subject = { subjectId: member, subjectType: 'member', name: word, access: 'approver', since: PAST } as const
    const { organizationId, reviewId, subjectId } = accessReviewItems
    const undecided = { decision: null, decidedAt: null, decidedBy: null }
    await tx
      .insert(accessReviewItems)
      .values({ organizationId: organization, reviewId: accessReview, ...subject })
      .onConflictDoUpdate({ target: [organizationId, reviewId, subjectId], set: undecided })
  })
}

type Make = (path: string, body: object) => Promise<{ id: string; version: number }>

async function submitted(
  api: TestApi,
  { ids, word }: { platformKey: string; ids: Ids; word: string },
  make: Make,
  fresh: () => string,
): Promise<string> {
  const draft = await make('/v1/ach-files', { ...fileOf(`${word} sent`, ids), name: `${word} sent` })
  const waiting = await make(`/v1/ach-files/${draft.id}/request-approval`, { version: draft.version })
  const email = `${word.toLowerCase()}-approver@example.com`
  await api.addMember(ids.organization, email, 'approver')
  const person = await signIn(api, email)
  await proveHere(person)
  const send = async (verb: string, version: number) => {
    const sent = { organization: ids.organization, headers: { 'Idempotency-Key': fresh() }, body: { version } }
    const response = await person.send('POST', `/v1/ach-files/${draft.id}/${verb}`, sent)
    return (await response.json()) as { version: number; submissionId: string }
  }
  const { version } = await send('approve', waiting.version)
  const { submissionId } = await send('submit', version)
  if (typeof submissionId !== 'string') throw new Error('The file was not submitted.')
  return submissionId
}
