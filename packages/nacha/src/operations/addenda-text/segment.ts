/** A segment of an addenda text: its name and its elements, empty ones as ''. */
export interface Segment {
  readonly name: string
  readonly elements: readonly string[]
}

/** What is wrong with one element, counted from 1; 0 is the name or the whole. */
export interface SegmentProblem {
  readonly element: number
  /** A sentence for a person, without the value. */
  readonly message: string
}

export type SegmentReading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly SegmentProblem[] }
export type SegmentWriting =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly SegmentProblem[] }

/** Positions of an addenda 05. */
export const ADDENDA_TEXT_LENGTH = 80

/**
 * The segments of a text: elements separated by `*`, each segment ended by `\` (reference 5). An interchange that begins
 * with ISA names its own separator and end, and is read by them. Blanks between segments do not count.
 */
export function readSegments(text: string): Segment[] {
  const isInterchange = /^ISA[^A-Za-z0-9 ]/.test(text) && text.length > 105
  const separator = isInterchange ? text.charAt(3) : '*'
  const end = isInterchange ? text.charAt(105) : '\\'
  return text
    .split(end)
    .map((each) => each.replace(/^[ \r\n]+/, '').trimEnd())
    .filter((each) => each !== '')
    .map((each) => {
      const [name = '', ...elements] = each.split(separator)
      return { name, elements }
    })
}

/** Writes a segment; empty elements at its end are left out. Refuses what would not fit an addenda. */
export function writeSegment({ name, elements }: Segment, maximum = ADDENDA_TEXT_LENGTH): SegmentWriting {
  const problems: SegmentProblem[] = []
  for (const [index, element] of elements.entries()) {
    const isClean = !/[*\\]/.test(element) && [...element].every((character) => character >= ' ')
    if (!isClean) problems.push({ element: index + 1, message: "may hold neither '*' nor '\\' nor control characters" })
  }
  const last = elements.findLastIndex((element) => element !== '')
  const text = `${[name, ...elements.slice(0, last + 1)].join('*')}\\`
  if (text.length > maximum) {
    problems.push({ element: 0, message: `has ${text.length} characters, ${maximum} fit into the addenda` })
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, text }
}

/** The one segment of a text that must have this name. */
export function onlySegment(text: string, name: string): SegmentReading<Segment> {
  const [segment, ...more] = readSegments(text)
  if (segment?.name === name && more.length === 0) return { ok: true, value: segment }
  const message = segment?.name === name ? 'holds more than one segment' : `expected a segment ${name}`
  return { ok: false, problems: [{ element: 0, message }] }
}
