import type { Writable } from 'node:stream'
import type { Violation } from '@fistworks/nacha'

/** Standard output or error, which may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean }

/** What moves the cursor, changes colours or turns the order of letters, in a text that comes from a file. */
const CONTROLS = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/** Text that is safe to show: control characters become '?'. Line feeds and tabs stay. */
export function shown(text: string): string {
  return text.replace(CONTROLS, '?')
}

function hasColours(stream: Output): boolean {
  return stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb'
}

const COLOURS = { error: 31, warning: 33, info: 36, good: 32 } as const

/** `text` in a colour where the terminal has them; plain in pipes, files and with NO_COLOR. */
export function coloured(text: string, colour: keyof typeof COLOURS, stream: Output = process.stdout): string {
  return hasColours(stream) ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text
}

/** Writes and waits until it is taken. A reader that went away (`| head`) is no error: the exit code still counts. */
export function print(text: string | Uint8Array, stream: Output = process.stdout): Promise<void> {
  if (stream.destroyed || !stream.writable) return Promise.resolve()
  return new Promise((done, fail) => {
    stream.write(text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') fail(error)
      else done()
    })
  })
}

/** A broken pipe is told to `print`; without a listener it would end the process as well. */
export function surviveBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

const PIECE = 64 * 1024

/** Prints many lines in few writes. */
export async function printLines(lines: Iterable<string>, stream: Output = process.stdout): Promise<void> {
  let piece = ''
  for (const line of lines) {
    piece += `${line}\n`
    if (piece.length < PIECE) continue
    await print(piece, stream)
    piece = ''
    if (stream.destroyed) return
  }
  if (piece !== '') await print(piece, stream)
}

export function printJson(value: unknown, stream: Output = process.stdout): Promise<void> {
  return print(`${JSON.stringify(value, null, 2)}\n`, stream)
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

export function violationLine(name: string, violation: Violation, stream?: Output): string {
  const { line, column, severity, field, rule, message } = violation
  const place = [name, line, line === null ? null : column].filter((part) => part !== null).join(':')
  const about = field === null ? rule : `${rule}, ${field}`
  return `${shown(place)}: ${coloured(severity, severity, stream)}: ${shown(message)} [${about}]`
}
