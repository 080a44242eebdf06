import { type Id, INBOUND_LINES_DEFAULT, type InboundContent, type InboundContentQuery } from '@fistworks/contract'
import { annotate, maskFile } from '@fistworks/nacha'
import type { ReadContext } from '../context.ts'
import { readKept } from './keep.ts'
import { findInboundFile } from './service.ts'

const LF = 0x0a
const CR = 0x0d
const RECORD_LENGTH = 94

/** Lines of a kept file in words, masked as the codec masks: the clear bytes never leave. */
export async function inboundContent(
  ctx: ReadContext,
  id: string,
  query: InboundContentQuery,
): Promise<InboundContent> {
  const row = await findInboundFile(ctx, id)
  const from = Number(query.from ?? 1)
  const limit = Number(query.limit ?? INBOUND_LINES_DEFAULT)
  const clear = await readKept(ctx.db, ctx.vault, ctx.organizationId as Id<'org'>, row)
  const masked = maskFile(clear)
  clear.fill(0)
  const { start, end, hasMore } = window(masked, from, limit)
  // The lines before the window say of which kind those in it are: their batch, and the file.
  const context = contextLines(masked, start)
  const piece = Buffer.concat([...context, masked.subarray(start, end)])
  const records = annotate(piece, { masked: false }).slice(context.length)
  return {
    type: 'inboundContent',
    id: row.id,
    lines: records.map(({ words, raw, fields }, index) => ({
      line: from + index,
      words,
      raw,
      fields: fields.map(({ field, words: said, raw: text, meaning }) => ({ field, words: said, raw: text, meaning })),
    })),
    nextLine: hasMore ? from + limit : null,
  }
}

/** Where records begin and end: a line each, or every 94 bytes where there are no line ends. */
function* recordsIn(bytes: Uint8Array): Generator<[number, number]> {
  const hasEnds = bytes.includes(LF) || bytes.includes(CR)
  let at = 0
  while (at < bytes.length) {
    let end = hasEnds ? at : Math.min(bytes.length, at + RECORD_LENGTH)
    while (hasEnds && end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end += 1
    if (end > at) yield [at, end]
    at = hasEnds ? end + 1 : end
  }
}

function window(bytes: Uint8Array, from: number, limit: number) {
  let line = 0
  let [start, end, hasMore] = [bytes.length, bytes.length, false]
  for (const [first, last] of recordsIn(bytes)) {
    line += 1
    if (line === from) start = first
    if (line === from + limit - 1) end = last
    if (line === from + limit) {
      hasMore = true
      break
    }
  }
  return { start, end: Math.max(start, end), hasMore }
}

/** The file header and the last batch header before a place, and the entry that its addenda belong to. */
function contextLines(bytes: Uint8Array, before: number): Buffer[] {
  let [file, batch, entry]: (Buffer | null)[] = [null, null, null]
  for (const [first, last] of recordsIn(bytes)) {
    if (first >= before) break
    const type = String.fromCharCode(bytes[first] ?? 0)
    const line = () => Buffer.concat([bytes.subarray(first, last), Buffer.from('\n')])
    if (type === '1') file = line()
    if (type === '5') [batch, entry] = [line(), null]
    if (type === '6') entry = line()
  }
  return [file, batch, entry].filter((line) => line !== null && line !== undefined)
}
