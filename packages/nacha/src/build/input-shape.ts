import { ADDENDA_LAYOUTS } from '../layouts.ts'
import type { RuleId } from '../rules/rule-id.ts'
import { isSecCode } from '../sec-traits.ts'
import type { Violation } from '../violation.ts'

type Told = (path: string, message: string, rule?: RuleId) => void

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The items of a list that is there; tells of one that is none. */
function listAt(tell: Told, path: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  tell(path, 'Must be a list')
  return []
}

function checkAddenda(tell: Told, path: string, addenda: unknown): void {
  if (addenda === undefined || addenda === null) return
  for (const [index, each] of listAt(tell, path, addenda).entries()) {
    const isLayout =
      isObject(each) && typeof each['layout'] === 'string' && Object.hasOwn(ADDENDA_LAYOUTS, each['layout'])
    if (typeof each === 'string' || isLayout) continue
    tell(`${path}/${index}`, `Must be a text, or have a layout: ${Object.keys(ADDENDA_LAYOUTS).join(', ')}`)
  }
}

function checkEntry(tell: Told, path: string, entry: unknown): void {
  if (!isObject(entry)) return tell(path, 'Must be an entry')
  if (typeof entry['routingNumber'] !== 'string') tell(`${path}/routingNumber`, 'Must be 9 digits', 'entry.rdfi.format')
  if (typeof entry['accountNumber'] !== 'string') {
    tell(`${path}/accountNumber`, 'Must be a text: a number loses leading zeros', 'entry.account.required')
  }
  checkAddenda(tell, `${path}/addenda`, entry['addenda'])
}

function checkBatch(tell: Told, path: string, batch: unknown): void {
  if (!isObject(batch)) return tell(path, 'Must be a batch')
  const { secCode, odfiIdentification, entries } = batch
  if (typeof secCode !== 'string' || !isSecCode(secCode)) {
    tell(`${path}/secCode`, 'This is no standard entry class code in upper case', 'batch.header.sec')
  }
  if (typeof odfiIdentification !== 'string') {
    tell(`${path}/odfiIdentification`, 'Must be 8 or 9 digits', 'batch.header.odfi.format')
  }
  for (const [index, entry] of listAt(tell, `${path}/entries`, entries).entries()) {
    checkEntry(tell, `${path}/entries/${index}`, entry)
  }
}

/** What of an input is no part of a file at all: no compiler looks at what comes from JSON. */
export function shapeViolations(input: unknown): Violation[] {
  const found: Violation[] = []
  const tell: Told = (path, message, rule = 'build.field.format') =>
    found.push({ rule, severity: 'error', line: null, column: null, field: null, message, path })
  if (!isObject(input)) tell('', 'Must be a file with batches')
  else
    for (const [index, batch] of listAt(tell, '/batches', input['batches']).entries()) {
      checkBatch(tell, `/batches/${index}`, batch)
    }
  return found
}
