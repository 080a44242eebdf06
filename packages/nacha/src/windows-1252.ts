/**
 * One byte is one character in a NACHA line, so text is kept in Windows-1252. Its bytes 0x80 to 0x9F stand for
 * these characters; every other byte is the code point of the same number.
 */
const HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** The byte of a UTF-16 code unit, or -1 when Windows-1252 has none. */
export function byteOf(code: number): number {
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code
  const place = HIGH.indexOf(String.fromCharCode(code))
  return place < 0 ? -1 : 0x80 + place
}

export function characterOf(byte: number): string {
  return byte >= 0x80 && byte <= 0x9f ? HIGH.charAt(byte - 0x80) : String.fromCharCode(byte)
}
