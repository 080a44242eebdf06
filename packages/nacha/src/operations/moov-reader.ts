import type { RecordLayout } from '../field.ts'
import { isObject, JsonReader } from './json-reader.ts'
import { MoovMembers } from './moov-members.ts'
import { recordFromMoov } from './moov-record.ts'

/** What stands where a member is left out, by the names of the tables. */
export type MoovDefaults = Readonly<Record<string, string | number>>

const MAXIMUM_IGNORED = 1_000
const isAbsent = (value: unknown) => value === undefined || value === null

/** Writes the records of moov's form one after the other, and collects what is wrong and what was not read. */
export class MoovReader extends JsonReader {
  /** Pointers to members that are not known. */
  readonly ignored: string[] = []

  members(given: unknown, path: string): MoovMembers | null {
    if (!isObject(given)) {
      this.fault(path, 'expected an object')
      return null
    }
    const members = new MoovMembers(given)
    for (const name of members.repeated) this.fault(`${path}/${name}`, 'is given twice, in another case')
    return members
  }

  /** The items of a list with their places. What is null or left out has none; moov-io/ach passes over null items, too. */
  items(given: unknown, path: string): (readonly [item: unknown, path: string])[] {
    const listed = isAbsent(given) ? [] : this.list(given, path)
    return listed.map((item, index) => [item, `${path}/${index}`] as const).filter(([item]) => item !== null)
  }

  written(members: MoovMembers, path: string, layout: RecordLayout, defaults: MoovDefaults = {}): Uint8Array {
    const { record, faults } = recordFromMoov(members, layout, defaults)
    for (const { name, message } of faults) this.fault(`${path}/${name}`, message)
    return record
  }

  /** A header: null when it is said to be missing, as `toMoovJson` writes it of a part of a file. */
  header(given: unknown, path: string, layout: RecordLayout, defaults: MoovDefaults = {}): Uint8Array | null {
    if (given === null) this.isPartial = true
    const members = given === null ? null : this.members(given, path)
    return members && this.#whole(members, path, layout, defaults)
  }

  /** A control: undefined, so that it is worked out, when it is null or left out. */
  control(given: unknown, path: string, layout: RecordLayout): Uint8Array | undefined {
    const members = isAbsent(given) ? null : this.members(given, path)
    return members ? this.#whole(members, path, layout) : undefined
  }

  /** The addenda of one member: one or several. */
  addendaOf(given: unknown, path: string, layout: RecordLayout, defaults: MoovDefaults): Uint8Array[] {
    const items = Array.isArray(given) || isAbsent(given) ? this.items(given, path) : [[given, path] as const]
    return items.flatMap(([item, place], index) => {
      const members = this.members(item, place)
      return members ? [this.#whole(members, place, layout, { ...defaults, addendaSequenceNumber: index + 1 })] : []
    })
  }

  ignore(path: string): void {
    if (this.ignored.length < MAXIMUM_IGNORED) this.ignored.push(path)
  }

  /** Tells what nobody asked an object for. */
  rest(members: MoovMembers, path: string): void {
    for (const name of members.unused) this.ignore(`${path}/${name}`)
  }

  #whole(members: MoovMembers, path: string, layout: RecordLayout, defaults: MoovDefaults = {}): Uint8Array {
    const record = this.written(members, path, layout, defaults)
    this.rest(members, path)
    return record
  }
}
