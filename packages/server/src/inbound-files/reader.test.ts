import { expect, test } from 'vitest'
import { openInbound } from './reader.ts'
import { recognize } from './recognize.ts'

const COUNT = 20_000

/** Written by hand: to have the codec make so large a file takes a while. */
function returnFile(): Uint8Array<ArrayBuffer> {
  const digits = (value: number, length: number) => String(value).padStart(length, '0')
  const lines = ['101 121042882 12345678902611251200A094101Payer Inc              Test Bank']
  lines.push('5200Payer Inc                           1234567890CCDVENDORPAY 261125261125329112104288' + digits(1, 7))
  for (let entry = 1; entry <= COUNT; entry++) {
    const trace = `12104288${digits(entry, 7)}`
    const account = `8800123456${entry}`.padEnd(17)
    lines.push(`621091000019${account}${digits(entry, 10)}${' '.repeat(15)}${'Acme Supply'.padEnd(22)}  1${trace}`)
    lines.push(`799R03${trace}      09100001${' '.repeat(44)}${trace}`)
  }
  const hash = digits((9_100_001 * COUNT) % 10 ** 10, 10)
  const totals = `${digits(0, 12)}${digits((COUNT * (COUNT + 1)) / 2, 12)}`
  lines.push(`8200${digits(COUNT * 2, 6)}${hash}${totals}1234567890${' '.repeat(25)}12104288${digits(1, 7)}`)
  const blocks = Math.ceil((lines.length + 1) / 10)
  lines.push(`9${digits(1, 6)}${digits(blocks, 6)}${digits(COUNT * 2, 8)}${hash}${totals}`)
  while (lines.length % 10 !== 0) lines.push('9'.repeat(94))
  return new TextEncoder().encode(lines.map((line) => `${line.padEnd(94)}\n`).join(''))
}

test('a large file is read in a thread, part by part, and keeps nobody waiting', async () => {
  const bytes = returnFile()
  const spent = async (work: () => unknown) => {
    const before = process.threadCpuUsage()
    await work()
    return process.threadCpuUsage(before).user
  }
  const here = await spent(() => recognize(bytes.slice()))
  const opening = openInbound(bytes)
  const meanwhile = await spent(() => opening)
  const reader = await opening
  expect(meanwhile).toBeLessThan(here / 2)
  expect(reader.found).toEqual({ kind: 'answers', entryCount: COUNT })
  const part = await reader.answers(COUNT - 2, COUNT)
  expect(part.map(({ code, amountCents, position }) => [code, amountCents, position])).toEqual([
    ['R03', COUNT - 1, COUNT - 2],
    ['R03', COUNT, COUNT - 1],
  ])
  await reader.done()
})

test('a large file that is none is said to be none', async () => {
  const reader = await openInbound(new Uint8Array(1_000_000).fill(0x20))
  expect(reader.found.kind).toBe('notUnderstood')
  expect(await reader.answers(0, 10)).toEqual([])
  await reader.done()
})
