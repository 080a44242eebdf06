import { and, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { accessTokens, embedRaises, embedSessions, portalSessions, signInCodes } from '../access/table.ts'
import { passkeyChallenges } from '../passkeys/table.ts'
import { idempotencyKeys } from '../storage/table.ts'
import type { Reader, Storage } from '../storage/transaction.ts'
import { webhookAttempts, webhookDeliveries } from '../webhooks/table.ts'

/** Rows that one rule takes away at a time, so that no write waits long for it. */
export const BATCH = 500

const DAY_MS = 24 * 60 * 60_000
/** For how many days things are kept after they came to their end; documented in `docs/operations/running.md`. */
export const KEPT_DAYS = {
  webhookDeliveries: 60,
  idempotencyKeys: 30,
  signInCodes: 1,
  portalSessions: 90,
  embedSessions: 180,
  embedRaises: 30,
  accessTokens: 30,
} as const

/** Takes away at most `BATCH` rows. @returns how many */
export type Rule = (storage: Storage, now: Date) => Promise<number>

const before = (now: Date, what: keyof typeof KEPT_DAYS) =>
  new Date(now.getTime() - KEPT_DAYS[what] * DAY_MS).toISOString()

const endedWebhookDeliveries: Rule = async ({ read, write }, now) => {
  const { id, state, createdAt } = webhookDeliveries
  const old = and(ne(state, 'waiting'), lt(createdAt, before(now, 'webhookDeliveries')))
  const rows = await read.select({ id }).from(webhookDeliveries).where(old).orderBy(createdAt).limit(BATCH)
  if (rows.length === 0) return 0
  return write(async (tx) => {
    const found = tx
      .select({ id })
      .from(webhookDeliveries)
      .where(and(old, inArray(id, idsOf(rows))))
    await tx.delete(webhookAttempts).where(inArray(webhookAttempts.deliveryId, found))
    const gone = await tx
      .delete(webhookDeliveries)
      .where(and(old, inArray(id, idsOf(rows))))
      .returning({ id })
    return gone.length
  })
}

/** `is_kept` is made by the table, from the operation; written out, so that the index of the others serves it. */
const oldKey = (now: Date) => and(sql`is_kept = 0`, lt(idempotencyKeys.createdAt, before(now, 'idempotencyKeys')))

/** Which keys of requests go next. */
export const keysToForget = (read: Reader, now: Date) =>
  read
    .select({ row: sql<number>`rowid` })
    .from(idempotencyKeys)
    .where(oldKey(now))
    .orderBy(idempotencyKeys.createdAt)
    .limit(BATCH)

const idempotencyKeysOfOthers: Rule = async ({ read, write }, now) => {
  const { createdAt } = idempotencyKeys
  const rows = await keysToForget(read, now)
  if (rows.length === 0) return 0
  const named = inArray(
    sql<number>`rowid`,
    rows.map((found) => found.row),
  )
  return write((tx) =>
    tx
      .delete(idempotencyKeys)
      .where(and(oldKey(now), named))
      .returning({ createdAt }),
  ).then(countOf)
}

const signInCodesThatEnded: Rule = async ({ read, write }, now) => {
  const { id, expiresAt } = signInCodes
  const old = lt(expiresAt, before(now, 'signInCodes'))
  const rows = await read.select({ id }).from(signInCodes).where(old).limit(BATCH)
  if (rows.length === 0) return 0
  return write((tx) =>
    tx
      .delete(signInCodes)
      .where(inArray(id, idsOf(rows)))
      .returning({ id }),
  ).then(countOf)
}

/** The newest of each person stays: it tells when they were last here. */
const portalSessionsThatEnded: Rule = async ({ read, write }, now) => {
  const { id, userId, createdAt, expiresAt } = portalSessions
  const newer = alias(portalSessions, 'newer')
  const old = and(
    lt(expiresAt, before(now, 'portalSessions')),
    sql`EXISTS ${read
      .select({ one: sql`1` })
      .from(newer)
      .where(and(eq(newer.userId, userId), sql`${newer.createdAt} > ${createdAt}`))}`,
    sql`NOT EXISTS ${read.select({ one: sql`1` }).from(embedRaises).where(eq(embedRaises.portalSessionId, id))}`,
  )
  const rows = await read.select({ id }).from(portalSessions).where(old).limit(BATCH)
  if (rows.length === 0) return 0
  return write(async (tx) => {
    await tx.delete(passkeyChallenges).where(inArray(passkeyChallenges.sessionId, idsOf(rows)))
    return countOf(
      await tx
        .delete(portalSessions)
        .where(and(old, inArray(id, idsOf(rows))))
        .returning({ id }),
    )
  })
}

const embedRaisesThatEnded: Rule = async ({ read, write }, now) => {
  const row = sql<number>`rowid`
  const old = lt(embedRaises.expiresAt, before(now, 'embedRaises'))
  const rows = await read.select({ row }).from(embedRaises).where(old).limit(BATCH)
  if (rows.length === 0) return 0
  const named = inArray(
    row,
    rows.map((found) => found.row),
  )
  const { userId } = embedRaises
  return write((tx) => tx.delete(embedRaises).where(and(old, named)).returning({ userId })).then(countOf)
}

const embedSessionsThatEnded: Rule = async ({ read, write }, now) => {
  const { id, expiresAt } = embedSessions
  const old = and(
    lt(expiresAt, before(now, 'embedSessions')),
    sql`NOT EXISTS ${read.select({ one: sql`1` }).from(embedRaises).where(eq(embedRaises.embedSessionId, id))}`,
  )
  const rows = await read.select({ id }).from(embedSessions).where(old).limit(BATCH)
  if (rows.length === 0) return 0
  return write((tx) =>
    tx
      .delete(embedSessions)
      .where(and(old, inArray(id, idsOf(rows))))
      .returning({ id }),
  ).then(countOf)
}

const accessTokensThatEnded: Rule = async ({ read, write }, now) => {
  const { id, expiresAt } = accessTokens
  const old = lt(expiresAt, before(now, 'accessTokens'))
  const rows = await read.select({ id }).from(accessTokens).where(old).limit(BATCH)
  if (rows.length === 0) return 0
  return write((tx) =>
    tx
      .delete(accessTokens)
      .where(and(old, inArray(id, idsOf(rows))))
      .returning({ id }),
  ).then(countOf)
}

const idsOf = <T>(rows: readonly { id: T }[]): T[] => rows.map(({ id }) => id)
const countOf = (rows: readonly unknown[]) => rows.length

export const TENANT_RULES: readonly Rule[] = [endedWebhookDeliveries, idempotencyKeysOfOthers]
/** What others point to comes after them. */
export const CONTROL_RULES: readonly Rule[] = [
  idempotencyKeysOfOthers,
  signInCodesThatEnded,
  embedRaisesThatEnded,
  embedSessionsThatEnded,
  portalSessionsThatEnded,
  accessTokensThatEnded,
]
