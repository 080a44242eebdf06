import { createHash } from 'node:crypto'
import type { AuditEvent, AuditExport } from '@fistworks/contract'
import type { AuditLog, SignedTree } from '../audit/audit-log.ts'
import { publicText, signNote } from '../audit/signed-note.ts'
import type { TrailEvent } from '../audit/trail.ts'
import { CSV_HEAD, csvLine } from './csv.ts'
import { scrub } from '../telemetry/scrub.ts'
import { EXPORT_VERSION, endText } from './export-format.ts'
import { ocsfEvent } from './ocsf.ts'
import { presentAuditEvent } from './present.ts'

/** What an export is made from: the events, and the signed trees that they are in. */
export interface ExportSource {
  organizationId: string
  at: string
  asked: AuditExport
  logs: Record<TrailEvent['plane'], { log: AuditLog; signed: SignedTree }>
  events: AsyncIterable<TrailEvent>
}

export const EXPORT_TYPES = {
  jsonl: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  ocsf: 'application/x-ndjson',
} as const

/** The file, piece by piece. */
export function exportLines(source: ExportSource): AsyncIterable<string> {
  const { format } = source.asked
  if (format === 'csv') return mapped(source.events, CSV_HEAD, csvLine)
  if (format === 'ocsf') return mapped(source.events, '', (event) => `${JSON.stringify(ocsfEvent(event))}\n`)
  return provenLines(source)
}

async function* mapped(
  events: AsyncIterable<TrailEvent>,
  head: string,
  line: (event: AuditEvent) => string,
): AsyncGenerator<string> {
  if (head !== '') yield head
  for await (const { row } of events) yield line(presentAuditEvent(row))
}

/**
 * A first line with the checkpoints, a line for each event with its way to the root, and a last one with a signature over
 * all bytes before it: whoever has the public key can check the file without us.
 */
async function* provenLines(source: ExportSource): AsyncGenerator<string> {
  const { organizationId, at, asked, logs } = source
  const { format: _format, ...filter } = asked
  const hash = createHash('sha256')
  const counted = (line: string) => {
    hash.update(line)
    return line
  }
  const heads = Object.entries(logs).map(([plane, { log, signed }]) => {
    return { plane, name: log.name, publicKey: publicText(log.signer), checkpoint: signed.note }
  })
  yield counted(
    lineOf({ type: 'auditExport', version: EXPORT_VERSION, organizationId, at, filter: scrub(filter), logs: heads }),
  )

  const provers = { tenant: proverOf(logs.tenant), control: proverOf(logs.control) }
  let events = 0
  for await (const { plane, row } of source.events) {
    const path = await provers[plane](row.seq - 1)
    events += 1
    yield counted(
      lineOf({
        ...presentAuditEvent(row),
        format: row.format,
        previousHash: row.previousHash.toString('hex'),
        plane,
        place: row.seq,
        path: path.map((each) => Buffer.from(each).toString('base64')),
      }),
    )
  }
  const sha256 = hash.digest('hex')
  const signature = signNote(endText({ organizationId, events, sha256 }), logs.tenant.log.signer)
  yield lineOf({ type: 'auditExportEnd', events, sha256, signature })
}

function proverOf({ log, signed }: { log: AuditLog; signed: SignedTree }) {
  return signed.tree.prover(log.leaves)
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`
}
