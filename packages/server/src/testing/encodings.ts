import { createHash } from 'node:crypto'

/** The forms in which a secret could lie somewhere by accident, by name. */
export function encodingsOf(secret: string): Map<string, Buffer> {
  const plain = Buffer.from(secret)
  const forms = new Map<string, Buffer>([
    ['plain', plain],
    ['hex', Buffer.from(plain.toString('hex'))],
    ['HEX', Buffer.from(plain.toString('hex').toUpperCase())],
    ['UTF-16 LE', Buffer.from(secret, 'utf16le')],
    ['UTF-16 BE', Buffer.from(secret, 'utf16le').swap16()],
    ['dashes', Buffer.from(secret.replace(/(.{4})(?=.)/g, '$1-'))],
    ['spaces', Buffer.from(secret.replace(/(.{4})(?=.)/g, '$1 '))],
    ['SHA-256 hex', Buffer.from(createHash('sha256').update(secret).digest('hex'))],
    ['SHA-256', createHash('sha256').update(secret).digest()],
  ])
  for (const alignment of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(alignment), plain])
    for (const alphabet of ['base64', 'base64url'] as const) {
      const text = shifted.toString(alphabet)
      const firstWhole = alignment === 0 ? 0 : 4
      const wholeEnd = Math.floor(shifted.length / 3) * 4
      forms.set(`${alphabet} at ${alignment}`, Buffer.from(text.slice(firstWhole, wholeEnd)))
    }
  }
  return forms
}
