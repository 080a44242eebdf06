/** Positions (from 1) of numbers in each record type, of which only the last four characters are shown. */
const NUMBERS: Record<string, readonly (readonly [from: number, to: number])[]> = {
  '1': [
    [4, 13],
    [14, 23],
  ],
  '5': [
    [41, 50],
    [80, 87],
  ],
  '6': [
    [4, 12],
    [13, 29],
    [40, 54],
    [80, 94],
  ],
  '7': [[84, 94]],
  '8': [
    [11, 20],
    [45, 54],
    [80, 87],
  ],
  '9': [[22, 31]],
}

/** NACHA text for a page: routing and account numbers, identifications, hashes and traces only by their last digits. */
export function maskRecords(text: string): string {
  return text.split(/\r?\n/).map(maskRecord).join('\n')
}

function maskRecord(line: string): string {
  const fields = NUMBERS[line.charAt(0)]
  if (fields === undefined || line.length !== 94) return line.replaceAll(/\d(?=\d{4})/g, '*')
  const characters = [...line]
  for (const [from, to] of fields) maskField(characters, from - 1, to)
  const masked = characters.join('')
  if (line.charAt(0) !== '7') return masked
  return masked.slice(0, 3) + masked.slice(3, 83).replaceAll(/\d(?=\d{4})/g, '*') + masked.slice(83)
}

function maskField(characters: string[], start: number, end: number): void {
  let shown = 0
  let used = 0
  for (let at = start; at < end; at++) if (characters[at] !== ' ') used++
  const visible = Math.min(4, Math.floor(used / 2))
  for (let at = end - 1; at >= start; at--) {
    if (characters[at] === ' ') continue
    if (shown++ >= visible) characters[at] = '*'
  }
}
