import type { Writable } from 'node:stream'
import type { Violation } from '@fistworks/nacha'
import { counting } from './progress.ts'
import { gathered, jsonPieces } from './text-pieces.ts'

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

const ignore = () => undefined

/** A broken pipe is told to `print`; without a listener it would end the process as well. */
export function surviveBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.off('error', ignore).on('error', ignore)
}

/** Prints text that comes in small pieces, in few writes. */
export async function printPieces(pieces: Iterable<string>, stream: Output = process.stdout): Promise<void> {
  for (const piece of counting(gathered(pieces), stream.isTTY === true)) {
    await print(piece, stream)
    if (stream.destroyed) return
  }
}

function* withLineEnds(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

export function printLines(lines: Iterable<string>, stream: Output = process.stdout): Promise<void> {
  return printPieces(withLineEnds(lines), stream)
}

function* document(value: unknown): Generator<string> {
  yield* jsonPieces(value)
  yield '\n'
}

export function printJson(value: unknown, stream: Output = process.stdout): Promise<void> {
  return printPieces(document(value), stream)
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
