import { type Id, INBOUND_LINES_DEFAULT, type InboundContent, type InboundContentQuery } from '@fistworks/contract'
import { annotate, maskFile } from '@fistworks/nacha'
import type { ReadContext } from '../context.ts'
import { readKept } from './keep.ts'
import { findInboundFile } from './service.ts'

const LF = 0x0a
const CR = 0x0d
const RECORD_LENGTH = 94
/** Of a line that is longer, as in what is no file of records at all, the rest is not shown. */
const LINE_BYTES_MAX = 500
const LINE_END = Buffer.from('\n')

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
  const { context, lines, hasMore } = linesOf(clear, from, limit)
  clear.fill(0)
  // Only what is shown is masked: all of a large file would keep everybody waiting for seconds.
  const piece = Buffer.concat([...context, ...lines].flatMap((line) => [line, LINE_END]))
  const records = annotate(maskFile(piece), { masked: false }).slice(context.length)
  piece.fill(0)
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

/**
 * The lines asked for, and those before them that say of which kind they are: the file header, the last batch header, and
 * the entry that addenda belong to.
 */
function linesOf(bytes: Uint8Array, from: number, limit: number) {
  const lines: Buffer[] = []
  let [file, batch, entry]: (Buffer | null)[] = [null, null, null]
  let number = 0
  for (const [first, last] of recordsIn(bytes)) {
    number += 1
    if (number === from + limit) return { context: present([file, batch, entry]), lines, hasMore: true }
    // Between the halves of two-byte letters the columns would not be where numbers are hidden.
    const line = () =>
      Buffer.from(bytes.subarray(first, Math.min(last, first + LINE_BYTES_MAX)).filter((byte) => byte !== 0))
    if (number >= from) {
      lines.push(line())
      continue
    }
    const type = String.fromCharCode(bytes[first] ?? 0)
    if (type === '1') file = line()
    if (type === '5') [batch, entry] = [line(), null]
    if (type === '6') entry = line()
  }
  return { context: present([file, batch, entry]), lines, hasMore: false }
}

function present(lines: readonly (Buffer | null | undefined)[]): Buffer[] {
  return lines.filter((line) => line !== null && line !== undefined)
}
