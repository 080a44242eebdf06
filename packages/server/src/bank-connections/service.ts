import type {
  BankAuthentication,
  BankConnection,
  BankConnectionCreate,
  BankConnectionUpdate,
  ConnectionTest,
  HostKeyScan,
  Page,
  PageQuery,
} from '@fistworks/contract'
import type * as z from 'zod/mini'
import { reopenFilesThrough } from '../ach-files/reopen.ts'
import type { Bank } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { testConnection } from '../banks/connection-test.ts'
import { isPrivateKeyReadable } from '../banks/sftp-bank.ts'
import type { AuditEntry, ReadContext, WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { invalid, notFound, ProblemError } from '../problem-error.ts'
import { tellAnswersChanged } from './answers-changed.ts'
import { sealAuthentication } from './authentication.ts'
import { destinationHash } from './destination.ts'
import { encryptionColumns } from './encryption.ts'
import { announceLegacyEnd } from './legacy-ending.ts'
import { openBankConnection } from './open.ts'
import { auditBankConnection, presentBankConnection } from './present.ts'
import { legacyUntil, refuseContradictions } from './settings-rules.ts'
import { bankConnectionStore, bankConnectionWriter } from './store.ts'
import type { BankConnectionRow } from './table.ts'

/** The world outside that bank connections speak to. */
export interface BankConnectionDependencies {
  bank: Bank
  scanHostKey(host: string, port: number): Promise<{ algorithm: string; fingerprint: string }>
}

/** A create request after its defaults were filled in. */
type NewBankConnection = z.output<typeof BankConnectionCreate>

export async function createBankConnection(ctx: WriteContext, input: NewBankConnection): Promise<BankConnection> {
  const count = await bankConnectionStore(ctx.db, ctx.organizationId).count()
  if (count >= LIMITS.bankConnectionsPerOrganization) {
    throw new ProblemError(
      'limit-exceeded',
      `An organization has at most ${LIMITS.bankConnectionsPerOrganization} bank connections: archive one that is not used.`,
    )
  }
  refuseUnreadableKey(input.authentication)
  const { authentication, acknowledgementDirectory, legacyAlgorithmsUntil, encryption, ...rest } = input
  const id = ctx.newId('bcn')
  const row: BankConnectionRow = {
    organizationId: ctx.organizationId,
    id,
    ...rest,
    ...sealAuthentication(ctx.vault, id, authentication),
    acknowledgementDirectory: acknowledgementDirectory ?? null,
    legacyAlgorithmsUntil: legacyAlgorithmsUntil && legacyUntil(legacyAlgorithmsUntil, ctx.now),
    ...(await encryptionColumns(ctx, { id, immediateOriginName: rest.immediateOriginName }, encryption)),
    hostKeyRefusedAt: null,
    createdAt: ctx.now.toISOString(),
    archivedAt: null,
  }
  refuseContradictions(row)
  await bankConnectionWriter(ctx.db, ctx.organizationId).add(row)
  await announceLegacyEnd(ctx, row)
  await ctx.audit(entry('created', id, { after: auditBankConnection(row) }))
  return presentBankConnection(row)
}

/**
 * Changes what is named. A secret is never carried over to another host: it must be entered again. When files would go
 * elsewhere, those that wait for approval or are approved become drafts again, and who changed it is one of their authors.
 */
export async function updateBankConnection(
  ctx: WriteContext,
  id: string,
  input: BankConnectionUpdate,
): Promise<BankConnection> {
  const before = await mustFindInUse(ctx, id)
  const { authentication, encryption, ...rest } = input
  const goesElsewhere = (input.host ?? before.host) !== before.host || (input.port ?? before.port) !== before.port
  if (goesElsewhere && authentication === undefined) {
    const message = 'must be entered again when the host or port changes, so that it is not sent to another server'
    throw invalid([{ pointer: '/authentication', code: 'required', message }])
  }
  if (authentication !== undefined) refuseUnreadableKey(authentication)
  const sealed = authentication === undefined ? {} : sealAuthentication(ctx.vault, before.id, authentication)
  const encrypted = encryption === undefined ? {} : await encryptionColumns(ctx, before, encryption)
  const after: BankConnectionRow = { ...before, ...withoutUndefined(rest), ...sealed, ...encrypted }
  if (input.hostKeyFingerprints !== undefined) after.hostKeyRefusedAt = null
  refuseContradictions(after)
  const isLegacyNew = after.legacyAlgorithmsUntil !== before.legacyAlgorithmsUntil
  if (isLegacyNew && after.legacyAlgorithmsUntil !== null) {
    after.legacyAlgorithmsUntil = legacyUntil(after.legacyAlgorithmsUntil, ctx.now)
  }
  const { organizationId: _organization, id: _id, ...values } = after
  await bankConnectionWriter(ctx.db, ctx.organizationId).change(before.id, values)
  if (after.legacyAlgorithmsUntil !== before.legacyAlgorithmsUntil) await announceLegacyEnd(ctx, after)
  const reopenedFiles = isSameBank(before, after)
    ? []
    : await reopenFilesThrough(ctx, before.id, `the bank connection “${after.name}” was changed`)
  const data = { before: auditBankConnection(before), after: auditBankConnection(after) }
  const authenticationChanged = authentication !== undefined
  await tellAnswersChanged(ctx, before, after)
  await ctx.audit(entry('updated', id, { ...data, authenticationChanged, reopenedFiles }))
  return presentBankConnection(after)
}

/** Files go to the same place, and say the same of who sends them to whom. */
function isSameBank(before: BankConnectionRow, after: BankConnectionRow): boolean {
  return (
    destinationHash(before) === destinationHash(after) &&
    before.immediateDestination === after.immediateDestination &&
    before.immediateDestinationName === after.immediateDestinationName &&
    before.immediateOrigin === after.immediateOrigin &&
    before.immediateOriginName === after.immediateOriginName
  )
}

/** Nothing new is sent through an archived connection; what was submitted already goes its way. */
export async function archiveBankConnection(ctx: WriteContext, id: string): Promise<BankConnection> {
  const before = await mustFindInUse(ctx, id)
  const archivedAt = ctx.now.toISOString()
  await bankConnectionWriter(ctx.db, ctx.organizationId).change(before.id, { archivedAt })
  if (before.returnDirectory !== null) await tellAnswersChanged(ctx, before, { ...before, archivedAt })
  await ctx.audit(entry('archived', id, { before: { archivedAt: null }, after: { archivedAt } }))
  return presentBankConnection({ ...before, archivedAt })
}

export async function retrieveBankConnection(ctx: ReadContext, id: string): Promise<BankConnection> {
  return presentBankConnection(await mustFind(ctx, id))
}

export async function listBankConnections(ctx: ReadContext, query: PageQuery): Promise<Page<BankConnection>> {
  const { list } = bankConnectionStore(ctx.db, ctx.organizationId)
  return listPage(ctx, { name: 'bankConnections', query, read: list, present: presentBankConnection })
}

/** Connects, logs in and looks into the directories. Nothing stays at the bank; nothing is put there unless asked for. */
export async function testBankConnection(
  deps: BankConnectionDependencies,
  ctx: ReadContext,
  id: string,
  options: { writeProbe: boolean } = { writeProbe: false },
): Promise<{ result: ConnectionTest; audit: AuditEntry }> {
  const row = await mustFind(ctx, id)
  const connection = await openBankConnection(ctx.db, ctx.vault, ctx.organizationId, id)
  const { passed, steps } = await testConnection(deps.bank, connection.settings, {
    ...row,
    now: ctx.now,
    probeName: options.writeProbe ? `.fistworks-${ctx.newId('job')}` : null,
  })
  const failedStep = steps.find(({ outcome }) => outcome === 'failed')?.step ?? null
  return {
    result: { type: 'connectionTest', passed, steps, testedAt: ctx.now.toISOString() },
    audit: { ...entry('tested', id, { passed, failedStep, ...options }), outcome: passed ? 'succeeded' : 'failed' },
  }
}

/** The key a server presents, to be compared with the bank's letter before it is pinned. */
export async function scanHostKey(
  deps: BankConnectionDependencies,
  ctx: ReadContext,
  input: { host: string; port: number },
): Promise<{ result: HostKeyScan; audit: AuditEntry }> {
  try {
    const key = await deps.scanHostKey(input.host, input.port)
    const audit = {
      action: 'bankConnection.hostKeyScanned',
      targetType: 'organization',
      targetId: ctx.organizationId,
      data: { ...input, ...key },
    }
    return { result: { type: 'hostKeyScan', ...key }, audit }
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    const isRefused = fault.code === 'addressRefused' || fault.code === 'portRefused'
    throw new ProblemError(isRefused ? 'host-not-allowed' : 'bank-unreachable', fault.message)
  }
}

function entry(verb: string, targetId: string, data: Record<string, unknown>): AuditEntry {
  return { action: `bankConnection.${verb}`, targetType: 'bankConnection', targetId, data }
}

async function mustFind(ctx: ReadContext, id: string): Promise<BankConnectionRow> {
  const row = await bankConnectionStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('bank connection')
  return row
}

/** @throws ProblemError `not-found`; `state-conflict` for an archived one */
export async function mustFindInUse(ctx: ReadContext, id: string): Promise<BankConnectionRow> {
  const row = await mustFind(ctx, id)
  if (row.archivedAt !== null) throw new ProblemError('state-conflict', 'This bank connection is archived.')
  return row
}

function refuseUnreadableKey(authentication: BankAuthentication): void {
  if (authentication.method !== 'privateKey') return
  if (isPrivateKeyReadable(authentication.privateKey, authentication.passphrase)) return
  const message = 'is not a private key in OpenSSH or PEM form, or its passphrase is another one'
  throw invalid([{ pointer: '/authentication/privateKey', code: 'private-key', message }])
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
