import type { AnnotatedRecord } from '@fistworks/nacha'

const WORDS_WIDTH = 34

/** The records as lines: each with its positions, its fields, what stands there and what it means. */
export function* annotatedLines(records: Iterable<AnnotatedRecord>): Generator<string> {
  for (const { line, words, raw, fields } of records) {
    yield fields.length === 0 ? `line ${line}: ${words}: '${raw.trimEnd()}'` : `line ${line}: ${words}`
    for (const { column, lastColumn, words: name, raw: text, meaning } of fields) {
      const place = `${String(column).padStart(4)}-${String(lastColumn).padEnd(2)}`
      const means = meaning === '' ? '' : `  ${meaning}`
      yield `${place} ${name.padEnd(WORDS_WIDTH)} '${text}'${means}`
    }
  }
}
