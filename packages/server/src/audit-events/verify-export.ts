import { createHash, type Hash } from 'node:crypto'
import { AuditEvent } from '@fistworks/contract'
import * as z from 'zod/mini'
import { canonicalJson } from '../audit/canonical-json.ts'
import { CHAIN_START, faultOf, isWhole } from '../audit/chain.ts'
import { type Checkpoint, openCheckpoint } from '../audit/checkpoint.ts'
import { rootFrom } from '../audit/merkle.ts'
import { type NoteKey, named, openNote } from '../audit/signed-note.ts'
import type { AuditEventRow } from '../audit/table.ts'
import { type LogFault, placeOf } from '../audit/verify-log.ts'
import { EXPORT_VERSION, endText } from './export-format.ts'

const Plane = z.enum(['tenant', 'control'])
const Head = z.object({
  type: z.literal('auditExport'),
  version: z.literal(EXPORT_VERSION),
  organizationId: z.string(),
  filter: z.record(z.string(), z.unknown()),
  logs: z.array(z.object({ plane: Plane, name: z.string(), publicKey: z.string(), checkpoint: z.string() })),
})
const Line = z.extend(AuditEvent, {
  format: z.int(),
  previousHash: z.string(),
  plane: Plane,
  place: z.int(),
  path: z.array(z.string()),
})
const End = z.object({ type: z.literal('auditExportEnd'), events: z.int(), sha256: z.string(), signature: z.string() })

export interface ExportSummary {
  events: number
  chains: number
  /** Events were left out because they were not asked for, so links and gaps say nothing. */
  isFiltered: boolean
}

/** What an export is held against. */
export interface ExportTrust {
  /** Of any log of the server that made it. */
  key: NoteKey
  /** Checkpoints that were kept elsewhere; those of the export must be among them. */
  kept: readonly string[] | null
}

/** Goes through an export line by line; keeps one hash for each chain. */
export async function verifyExport(
  lines: AsyncIterable<string>,
  trust: ExportTrust,
  onProgress: (events: number) => void = () => {},
): Promise<LogFault | ExportSummary> {
  let reader: ExportReader | null = null
  let end: z.infer<typeof End> | null = null
  for await (const line of lines) {
    if (end !== null) return broken('there is something after the last line')
    const value = read(line)
    if (value === null) return broken(`line ${reader === null ? 1 : reader.events + 2} is not of an export`)
    if (reader === null) {
      const begun = ExportReader.from(value, trust)
      if ('kind' in begun) return begun
      reader = begun
    } else {
      const last = z.safeParse(End, value)
      if (last.success) end = last.data
      else {
        const fault = reader.add(value)
        if (fault !== null) return fault
        if (reader.events % 10_000 === 0) onProgress(reader.events)
      }
    }
    if (end === null) reader.hash.update(`${line}\n`)
  }
  if (reader === null || end === null)
    return { kind: 'cut', why: 'the last line is missing: the end was cut off', event: null }
  return reader.finish(end)
}

class ExportReader {
  readonly hash: Hash = createHash('sha256')
  events = 0
  readonly #head: z.infer<typeof Head>
  readonly #key: NoteKey
  readonly #checkpoints: ReadonlyMap<string, Checkpoint>
  readonly #chains = new Map<string, { ownerSeq: number; hash: Uint8Array }>()

  private constructor(head: z.infer<typeof Head>, key: NoteKey, checkpoints: ReadonlyMap<string, Checkpoint>) {
    this.#head = head
    this.#key = key
    this.#checkpoints = checkpoints
  }

  static from(value: unknown, { key, kept }: ExportTrust): ExportReader | LogFault {
    const head = z.safeParse(Head, value)
    if (!head.success) return broken('the first line is not of an export')
    const checkpoints = new Map<string, Checkpoint>()
    for (const { plane, name, checkpoint } of head.data.logs) {
      const opened = openCheckpoint(checkpoint, keyOf(key, name))
      const why = `the checkpoint of ${name}`
      if (opened === null) return { kind: 'signature', why: `${why} was not signed by this key`, event: null }
      if (kept !== null && !kept.includes(checkpoint)) {
        return { kind: 'root', why: `${why} is not among those that were kept`, event: null }
      }
      checkpoints.set(plane, opened)
    }
    return new ExportReader(head.data, key, checkpoints)
  }

  get isFiltered(): boolean {
    return Object.keys(this.#head.filter).length > 0
  }

  add(value: unknown): LogFault | null {
    const line = z.safeParse(Line, value)
    const row = line.success ? rowOf(line.data) : null
    if (!line.success || row === null) return broken(`line ${this.events + 2} is not an event`)
    this.events += 1
    return this.#chainFault(row) ?? this.#proofFault(line.data, row)
  }

  #chainFault(row: AuditEventRow): LogFault | null {
    const event = placeOf(row)
    const before = this.#chains.get(row.ownerId)
    if (this.isFiltered) {
      if (!isWhole(row)) return { kind: 'hash', why: 'its content was changed', event }
      if (before !== undefined && before.ownerSeq >= row.ownerSeq) {
        return { kind: 'gap', why: 'it does not come after the event before', event }
      }
    } else {
      const fault = faultOf(row, (before?.ownerSeq ?? 0) + 1, before?.hash ?? CHAIN_START)
      if (fault !== null) return { ...fault, event }
    }
    this.#chains.set(row.ownerId, { ownerSeq: row.ownerSeq, hash: row.hash })
    return null
  }

  #proofFault({ plane, place, path }: z.infer<typeof Line>, row: AuditEventRow): LogFault | null {
    const checkpoint = this.#checkpoints.get(plane)
    const hashes = path.map((each) => Buffer.from(each, 'base64'))
    const root = checkpoint === undefined ? null : rootFrom(row.hash, place - 1, checkpoint.size, hashes)
    if (root !== null && checkpoint !== undefined && Buffer.from(root).equals(checkpoint.root)) return null
    return { kind: 'root', why: 'it is not among the events that the checkpoint was signed over', event: placeOf(row) }
  }

  finish({ events, sha256, signature }: z.infer<typeof End>): LogFault | ExportSummary {
    const { organizationId, logs } = this.#head
    const name = logs.find(({ plane }) => plane === 'tenant')?.name ?? ''
    const text = endText({ organizationId, events: this.events, sha256: this.hash.digest('hex') })
    const isSigned = openNote(signature, keyOf(this.#key, name)) === text
    if (events !== this.events || !isSigned || !text.includes(sha256)) {
      return {
        kind: 'signature',
        why: 'the file is not the one that was signed: a part of it was changed or taken out',
        event: null,
      }
    }
    return { events, chains: this.#chains.size, isFiltered: this.isFiltered }
  }
}

function keyOf(key: NoteKey, log: string): NoteKey {
  return named(key.name.replace(/[^/]*$/, log), key)
}

/** @returns `null` for data so deep that nobody can have written it */
function rowOf(line: z.infer<typeof Line>): AuditEventRow | null {
  const { actor, via } = line
  const dataJson = canonicalOf(line.data)
  if (dataJson === null) return null
  return {
    seq: line.place,
    ownerId: line.chain,
    ownerSeq: line.sequence,
    id: line.id,
    at: line.at,
    actorType: actor.type,
    actorId: actor.id,
    actorName: actor.name ?? null,
    action: line.action,
    targetType: line.targetType,
    targetId: line.targetId,
    outcome: line.outcome,
    requestId: line.requestId,
    ip: line.ip,
    dataJson,
    previousHash: Buffer.from(line.previousHash, 'hex'),
    hash: Buffer.from(line.hash, 'hex'),
    format: line.format,
    viaType: via?.type ?? null,
    viaId: via?.id ?? null,
    userAgent: line.userAgent,
  }
}

function canonicalOf(data: unknown): string | null {
  try {
    return canonicalJson(data)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function broken(why: string): LogFault {
  return { kind: 'format', why, event: null }
}

function read(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
