import { Writable } from 'node:stream'
import { makeId } from '@fistworks/contract'
import { DrizzleQueryError } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLogger } from './log.ts'
import { scrubText } from './scrub.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let text = ''
  const destination = new Writable({
    write(chunk, _encoding, callback) {
      text += String(chunk)
      callback()
    },
  })
  write(createLogger({ destination }))
  return text
}

test('a line has its time, level, message and the allowed fields; others are dropped', () => {
  const line = JSON.parse(
    logged((log) =>
      log.info({ requestId: 'req_1', status: 201, body: { accountNumber: '6789' }, email: 'a@b.c' }, 'done'),
    ),
  )
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^20\d\d-.*Z$/),
    requestId: 'req_1',
    status: 201,
    msg: 'done',
  })
})

test('fields of a child logger are held to the same list', () => {
  const text = logged((log) => log.child({ requestId: 'req_1', body: 'hello' }).info('done'))
  expect(JSON.parse(text)).toMatchObject({ requestId: 'req_1' })
  expect(text).not.toContain('hello')
})

test('no run of eight digits gets out, wherever it stands and however it is spaced', () => {
  const number = fc.stringMatching(/^\d([ -]?\d){7,16}$/)
  const around = fc.stringMatching(/^[a-z :."]{0,10}$/)
  fc.assert(
    fc.property(number, around, (account, text) => {
      const all = logged((log) => {
        log.info(`${text}${account}${text}`)
        log.info({ requestId: account, count: Number(account.replaceAll(/\D/g, '')) }, 'fields')
        log.error({ err: new Error(`${text}${account}`, { cause: new Error(account) }) }, 'failed')
      })
      const digits = account.replaceAll(/\D/g, '')
      expect(all.replaceAll(/(\d)[ -]+(?=\d)/g, '$1')).not.toContain(digits)
    }),
  )
})

test('ids, times and short numbers stay readable', () => {
  const id = makeId('rcp', 0x012345678901, new Uint8Array(10))
  for (const text of [id, `recipient ${id} of 2026-11-21`, '2026-11-21T10:00:00.000Z', 'port 8080 took 1234567 ms']) {
    expect(scrubText(text)).toBe(text)
  }
  expect(scrubText('20261121')).toBe('…')
  expect(scrubText('9999-99-99')).toBe('…')
  expect(scrubText('2026-11-21-4')).toBe('…')
})

test('a failed query shows neither its text nor its values', () => {
  const error = new DrizzleQueryError(
    'insert into recipients values (?)',
    ['Jane Doe', '6789'],
    new Error('UNIQUE constraint failed: a.b'),
  )
  const text = logged((log) => log.error({ err: error }, 'failed'))
  expect(text).not.toMatch(/Jane|6789|insert into/)
  expect(JSON.parse(text).err).toMatchObject({
    message: 'a query failed',
    cause: { message: 'UNIQUE constraint failed: a.b' },
  })
})

test('a line break in a value does not make another line', () => {
  expect(
    logged((log) => log.info({ requestId: 'a\n{"level":"info"}' }, 'b\r\nc'))
      .trimEnd()
      .split('\n'),
  ).toHaveLength(1)
})

test('what was thrown and is no error tells nothing of itself', () => {
  expect(logged((log) => log.error({ err: 'account 6789' }, 'failed'))).not.toContain('6789')
})
