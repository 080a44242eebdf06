/**
 * How a field is filled (Nacha "data specifications"): literals never change, blanks are reserved, text is
 * left-justified and blank-filled, digits are kept as written, numbers are right-justified and zero-filled,
 * dates are YYMMDD of the years 2000 to 2099.
 */
export type FieldKind = 'literal' | 'blank' | 'text' | 'digits' | 'number' | 'date'

/** Mandatory: the Operator rejects without it. Required: the receiving bank may return without it. */
export type Inclusion = 'mandatory' | 'required' | 'optional'

/** One field of a record. `start` counts from 0, `column` from 1 as the Nacha tables do. */
export interface Field<
  Name extends string = string,
  Kind extends FieldKind = FieldKind,
  Included extends Inclusion = Inclusion,
> {
  readonly name: Name
  readonly kind: Kind
  readonly start: number
  readonly column: number
  readonly length: number
  readonly inclusion: Included
  /** What a literal holds; empty for every other kind. */
  readonly value: string
}

/** A record: its fields in order, and the same fields by name. */
export interface RecordLayout<Fields extends readonly Field[] = readonly Field[], Name extends string = string> {
  readonly name: Name
  readonly fields: Fields
  readonly field: { readonly [Each in Fields[number] as Each['name']]: Each }
}

type Valued<Each extends Field> = Each['kind'] extends 'literal' | 'blank' ? never : Each['name']

/** The values of a record as an object; literals and reserved blanks are not in it. */
export type RecordValues<Layout extends RecordLayout> = {
  -readonly [Each in Layout['fields'][number] as Valued<Each>]: Each['kind'] extends 'number' ? number : string
}

/** The values of a record together with the name of its table, by which unions of records are told apart. */
export type NamedValues<Layout extends RecordLayout> = { readonly layout: Layout['name'] } & Readonly<
  RecordValues<Layout>
>

export const RECORD_LENGTH = 94

function field<Name extends string, Kind extends FieldKind, Included extends Inclusion>(
  kind: Kind,
  name: Name,
  [from, to]: readonly [number, number],
  inclusion: Included,
  value = '',
): Field<Name, Kind, Included> {
  return { name, kind, start: from - 1, column: from, length: to - from + 1, inclusion, value }
}

/** Positions are written as in the Nacha tables: from 1, both ends included. */
export const literal = <Name extends string>(name: Name, from: number, to: number, value: string) =>
  field('literal', name, [from, to], 'mandatory', value)
export const blank = <Name extends string>(name: Name, from: number, to: number) =>
  field('blank', name, [from, to], 'optional')
export const text = <Name extends string, Included extends Inclusion>(
  name: Name,
  from: number,
  to: number,
  inclusion: Included,
) => field('text', name, [from, to], inclusion)
export const digits = <Name extends string, Included extends Inclusion>(
  name: Name,
  from: number,
  to: number,
  inclusion: Included,
) => field('digits', name, [from, to], inclusion)
export const number = <Name extends string>(name: Name, from: number, to: number) =>
  field('number', name, [from, to], 'mandatory')
export const date = <Name extends string, Included extends Inclusion>(
  name: Name,
  from: number,
  to: number,
  inclusion: Included,
) => field('date', name, [from, to], inclusion)

/**
 * Makes a layout and proves that its fields follow each other without gap from position 1 to 94.
 * @throws Error when they do not: a wrong table must not load.
 */
export function defineRecord<const Fields extends readonly Field[], Name extends string>(
  name: Name,
  fields: Fields,
): RecordLayout<Fields, Name> {
  let next = 0
  const byName: Record<string, Field> = {}
  for (const each of fields) {
    if (each.start !== next) throw new Error(`${name}.${each.name} starts at ${each.column}, expected ${next + 1}`)
    if (each.length < 1) throw new Error(`${name}.${each.name} has no width`)
    if (each.kind === 'literal' && each.value.length !== each.length)
      throw new Error(`${name}.${each.name}: value width`)
    if (Object.hasOwn(byName, each.name)) throw new Error(`${name}.${each.name} is there twice`)
    byName[each.name] = each
    next = each.start + each.length
  }
  if (next !== RECORD_LENGTH) throw new Error(`${name} is ${next} wide, not ${RECORD_LENGTH}`)
  return { name, fields, field: byName as RecordLayout<Fields>['field'] }
}
