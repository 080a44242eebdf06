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

  /** The line of the first entry with the same bytes from `from` to `to`, or 0 when this is it. */
  add(bytes: Uint8Array, from: number, to: number, line: number): number {
    let low = 0x811c9dc5
    let high = 0x9747b28c
    for (let place = from; place < to; place++) {
      const byte = bytes[place] ?? 0
      low = Math.imul(low ^ byte, 0x01000193)
      high = Math.imul(high ^ byte, 0x5bd1e995)
      high ^= high >>> 15
    }
    const key = (low >>> 0) * 0x20_0000 + ((high >>> 11) & 0x1f_ffff) + 1
    const slot = this.#slotOf(key, low)
    if (this.#keys[slot] === key) return this.#lines[slot] ?? 0
    if (this.#count < MAXIMUM) this.#put(slot, key, line)
    return 0
  }

  /** Where the key stands, or where it would. */
  #slotOf(key: number, start: number): number {
    const mask = this.#keys.length - 1
    let slot = (start ^ (start >>> 15)) & mask
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
    this.#keys = new Float64Array(keys.length * 2)
    this.#lines = new Uint32Array(keys.length * 2)
    for (const [index, key] of keys.entries()) {
      if (key === 0) continue
      const slot = this.#slotOf(key, Math.floor((key - 1) / 0x20_0000) | 0)
      this.#keys[slot] = key
      this.#lines[slot] = lines[index] ?? 0
    }
  }
}
