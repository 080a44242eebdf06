/** Entries remembered in one batch: beyond that, it is not searched for payments that are there twice. */
const MAXIMUM = 200_000
const FIRST_SIZE = 1_024

/**
 * Remembers stretches of bytes by a hash of 53 bits and says on which line the same bytes stood before. Two different
 * stretches are taken for one with a chance of one in 10^15: enough for a warning, not for more.
 */
export class SeenEntries {
  #keys = new Float64Array(FIRST_SIZE)
  #lines = new Uint32Array(FIRST_SIZE)
  #count = 0
  #bytes: Uint8Array = new Uint8Array()
  #view: DataView = new DataView(this.#bytes.buffer)

  /** The line of the first entry with the same bytes from `from` to `to` (4 at least), or 0 when this is it. */
  add(bytes: Uint8Array, from: number, to: number, line: number): number {
    // A view per entry would be most of what a stream leaves to the collector.
    if (bytes !== this.#bytes) this.#view = new DataView(bytes.buffer, bytes.byteOffset)
    this.#bytes = bytes
    const view = this.#view
    let low = 0
    let high = 0
    // Four bytes at a time: this runs for every entry of a file. The last of them may overlap those before.
    for (let place = from; place < to; place += 4) {
      const word = view.getInt32(Math.min(place, to - 4))
      low = Math.imul(low ^ word, 0x9e3779b1)
      low ^= low >>> 15
      high = Math.imul(high ^ word, 0x85ebca6b)
      high ^= high >>> 13
    }
    // 0 is an empty slot.
    const key = (low >>> 0) * 0x20_0000 + (high >>> 11) || 1
    const slot = this.#slotOf(key, low)
    if (this.#keys[slot] === key) return this.#lines[slot] ?? 0
    if (this.#count < MAXIMUM) this.#put(slot, key, line)
    return 0
  }

  /** Where the key stands, or where it would. */
  #slotOf(key: number, start: number): number {
    const mask = this.#keys.length - 1
    let slot = start & mask
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #put(slot: number, key: number, line: number): void {
    this.#keys[slot] = key
    this.#lines[slot] = line
    this.#count++
    if (this.#count * 2 > this.#keys.length) this.#grow()
  }

  #grow(): void {
    const [keys, lines] = [this.#keys, this.#lines]
    this.#keys = new Float64Array(keys.length * 4)
    this.#lines = new Uint32Array(keys.length * 4)
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? 0
      if (key === 0) continue
      const slot = this.#slotOf(key, Math.floor(key / 0x20_0000) | 0)
      this.#keys[slot] = key
      this.#lines[slot] = lines[index] ?? 0
    }
  }
}
