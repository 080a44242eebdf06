/**
 * How a field is filled (Nacha "data specifications"): literals never change, blanks are reserved, text is
 * left-justified and blank-filled, digits are kept as written, numbers are right-justified and zero-filled,
 * dates are YYMMDD of the years 2000 to 2099.
 */
export type FieldKind = 'literal' | 'blank' | 'text' | 'digits' | 'number' | 'date'

/** Mandatory: the Operator rejects without it. Required: the receiving bank may return without it. */
export type Inclusion = 'mandatory' | 'required' | 'optional'

/** A row of a record's table. Positions count from 1 as the Nacha tables do. */
export interface FieldRow<
  Name extends string = string,
  Kind extends FieldKind = FieldKind,
  Included extends Inclusion = Inclusion,
> {
  readonly name: Name
  readonly kind: Kind
  /** Position of its last character. */
  readonly last: number
  readonly inclusion: Included
  /** What a literal holds; empty for every other kind. */
  readonly value: string
}

/** One field of a record. `start` counts from 0, `column` from 1. */
export interface Field<
  Name extends string = string,
  Kind extends FieldKind = FieldKind,
  Included extends Inclusion = Inclusion,
> extends FieldRow<Name, Kind, Included> {
  readonly start: number
  readonly column: number
  readonly length: number
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

function row<Name extends string, Kind extends FieldKind, Included extends Inclusion>(
  kind: Kind,
  name: Name,
  last: number,
  inclusion: Included,
  value = '',
): FieldRow<Name, Kind, Included> {
  return { name, kind, last, inclusion, value }
}

/** A row gives the last position of its field, which begins after the one before. It is mandatory unless it says else. */
export const literal = <Name extends string>(name: Name, last: number, value: string) =>
  row('literal', name, last, 'mandatory', value)
export const blank = <Name extends string>(name: Name, last: number) => row('blank', name, last, 'optional')
export const text = <Name extends string, Included extends Inclusion = 'mandatory'>(
  name: Name,
  last: number,
  inclusion = 'mandatory' as Included,
) => row('text', name, last, inclusion)
export const digits = <Name extends string, Included extends Inclusion = 'mandatory'>(
  name: Name,
  last: number,
  inclusion = 'mandatory' as Included,
) => row('digits', name, last, inclusion)
export const number = <Name extends string>(name: Name, last: number) => row('number', name, last, 'mandatory')
export const date = <Name extends string, Included extends Inclusion = 'mandatory'>(
  name: Name,
  last: number,
  inclusion = 'mandatory' as Included,
) => row('date', name, last, inclusion)

type FieldsOf<Rows extends readonly FieldRow[]> = {
  readonly [Index in keyof Rows]: Field<Rows[Index]['name'], Rows[Index]['kind'], Rows[Index]['inclusion']>
}

/** Makes a layout of the rows of its table. */
export function defineRecord<const Rows extends readonly FieldRow[], Name extends string>(
  name: Name,
  rows: Rows,
): RecordLayout<FieldsOf<Rows>, Name> {
  let start = 0
  const fields = rows.map((each): Field => {
    const field = { ...each, start, column: start + 1, length: each.last - start }
    start = each.last
    return field
  })
  const field = Object.fromEntries(fields.map((each) => [each.name, each]))
  return { name, fields, field } as unknown as RecordLayout<FieldsOf<Rows>, Name>
}
