/** 128 random bits in hex. `crypto.randomUUID` is missing in pages without https, `getRandomValues` is everywhere. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
