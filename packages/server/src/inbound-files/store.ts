import type { Id, InboundFileState } from '@fistworks/contract'
import { and, asc, desc, eq, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import {
  type InboundFileRow,
  type InboundNameRow,
  type InboundPollRow,
  inboundFileNames,
  inboundFileParts,
  inboundFiles,
  inboundNames,
  inboundPolls,
} from './table.ts'

interface InboundFilter {
  bankConnectionId?: string | undefined
  state?: InboundFileState | undefined
}

/** The one door to what a tenant's banks put down for it. */
export function inboundFileStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(inboundFiles.organizationId, organizationId)
  const ofConnection = (id: string | undefined) =>
    id === undefined ? undefined : eq(inboundFiles.bankConnectionId, id as Id<'bcn'>)
  return {
    async find(id: string): Promise<InboundFileRow | undefined> {
      const [row] = await db
        .select()
        .from(inboundFiles)
        .where(and(mine, eq(inboundFiles.id, id as Id<'inb'>)))
        .limit(1)
      return row
    },

    async findByContent(bankConnectionId: string, sha256: string): Promise<InboundFileRow | undefined> {
      const [row] = await db
        .select()
        .from(inboundFiles)
        .where(and(mine, ofConnection(bankConnectionId), eq(inboundFiles.sha256, sha256)))
        .limit(1)
      return row
    },

    list: ({ bankConnectionId, state }: InboundFilter, before: string | null, limit: number) =>
      db
        .select()
        .from(inboundFiles)
        .where(
          and(
            mine,
            ofConnection(bankConnectionId),
            state === undefined ? undefined : eq(inboundFiles.state, state),
            before === null ? undefined : lt(inboundFiles.id, before as Id<'inb'>),
          ),
        )
        .orderBy(desc(inboundFiles.id))
        .limit(limit),

    /** Kept and not read to their end, oldest first. */
    unfinished: (bankConnectionId: string): Promise<InboundFileRow[]> =>
      db
        .select()
        .from(inboundFiles)
        .where(and(mine, ofConnection(bankConnectionId), eq(inboundFiles.state, 'stored')))
        .orderBy(asc(inboundFiles.id)),

    /** One piece of the sealed bytes. */
    async part(id: Id<'inb'>, position: number) {
      const [row] = await db
        .select({ id: inboundFileParts.id, bytes: inboundFileParts.bytes })
        .from(inboundFileParts)
        .where(
          and(
            eq(inboundFileParts.organizationId, organizationId),
            eq(inboundFileParts.inboundFileId, id),
            eq(inboundFileParts.position, position),
          ),
        )
        .limit(1)
      return row
    },

    async namesOf(ids: readonly Id<'inb'>[]): Promise<Map<string, string[]>> {
      const names = new Map<string, string[]>()
      for (const id of ids) {
        const rows = await db
          .select({ name: inboundFileNames.name })
          .from(inboundFileNames)
          .where(and(eq(inboundFileNames.organizationId, organizationId), eq(inboundFileNames.inboundFileId, id)))
          .orderBy(asc(inboundFileNames.seenAt), asc(inboundFileNames.name))
        names.set(
          id,
          rows.map(({ name }) => name),
        )
      }
      return names
    },

    looks: (bankConnectionId: Id<'bcn'>): Promise<InboundNameRow[]> =>
      db
        .select()
        .from(inboundNames)
        .where(
          and(eq(inboundNames.organizationId, organizationId), eq(inboundNames.bankConnectionId, bankConnectionId)),
        ),

    polls: (): Promise<InboundPollRow[]> =>
      db.select().from(inboundPolls).where(eq(inboundPolls.organizationId, organizationId)),
  }
}

/** Changes of what is known of a tenant's inbound files, inside the unit of work it is handed. */
export function inboundFileWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: Omit<InboundFileRow, 'organizationId'>) => tx.insert(inboundFiles).values({ ...row, organizationId }),
    addPart: (row: { id: string; inboundFileId: Id<'inb'>; position: number; bytes: Uint8Array }) =>
      tx.insert(inboundFileParts).values({ ...row, organizationId }),
    addName: (inboundFileId: Id<'inb'>, name: string, seenAt: string) =>
      tx.insert(inboundFileNames).values({ organizationId, inboundFileId, name, seenAt }).onConflictDoNothing(),

    /** Changes a file that is still as it was read; false when somebody else went on with it. */
    async change(
      before: Pick<InboundFileRow, 'id' | 'state' | 'round' | 'doneEntries'>,
      values: Partial<Omit<InboundFileRow, 'organizationId' | 'id'>>,
    ): Promise<boolean> {
      const rows = await tx
        .update(inboundFiles)
        .set(values)
        .where(
          and(
            eq(inboundFiles.organizationId, organizationId),
            eq(inboundFiles.id, before.id),
            eq(inboundFiles.state, before.state),
            eq(inboundFiles.round, before.round),
            eq(inboundFiles.doneEntries, before.doneEntries),
          ),
        )
        .returning({ id: inboundFiles.id })
      return rows.length === 1
    },

    async look(row: Omit<InboundNameRow, 'organizationId'>): Promise<void> {
      const { bankConnectionId: _connection, name: _name, ...values } = row
      await tx
        .insert(inboundNames)
        .values({ ...row, organizationId })
        .onConflictDoUpdate({
          target: [inboundNames.organizationId, inboundNames.bankConnectionId, inboundNames.name],
          set: values,
        })
    },

    /** What lies no more at the bank is looked at no more. */
    forget: (bankConnectionId: Id<'bcn'>, name: string) =>
      tx
        .delete(inboundNames)
        .where(
          and(
            eq(inboundNames.organizationId, organizationId),
            eq(inboundNames.bankConnectionId, bankConnectionId),
            eq(inboundNames.name, name),
          ),
        ),
    forgetNotSeenSince: (bankConnectionId: Id<'bcn'>, at: string) =>
      tx
        .delete(inboundNames)
        .where(
          and(
            eq(inboundNames.organizationId, organizationId),
            eq(inboundNames.bankConnectionId, bankConnectionId),
            lt(inboundNames.lookedAt, at),
          ),
        ),

    async poll(bankConnectionId: Id<'bcn'>, values: Partial<Pick<InboundPollRow, 'lastAt' | 'nextAt' | 'problem'>>) {
      await tx
        .insert(inboundPolls)
        .values({ organizationId, bankConnectionId, ...values })
        .onConflictDoUpdate({
          target: [inboundPolls.organizationId, inboundPolls.bankConnectionId],
          set: Object.keys(values).length === 0 ? { organizationId } : values,
        })
    },
  }
}
