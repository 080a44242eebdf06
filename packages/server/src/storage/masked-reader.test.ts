import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestTenants, type TestTenants } from '../testing/context.ts'
import { addBankAccount, addDraft, addRecipient, batchOf, SEEDED } from '../testing/payments.ts'
import { type MaskedReader, MaskedReadRefused, openMaskedReader } from './masked-reader.ts'

let tenants: TestTenants
let reader: MaskedReader

beforeAll(async () => {
  tenants = await createTestTenants({ layout: 'files' })
  const organization = await tenants.organization()
  const account = await addBankAccount(organization)
  const recipient = await addRecipient(organization, { accountNumber: '8800123456789', identification: 'JR-4711' })
  await addDraft(organization, [batchOf(account.id, recipient.id)])
  reader = openMaskedReader(join(tenants.folder, 'main.db'))
})
afterAll(async () => {
  reader.close()
  await tenants.close()
})

const all = (statement: string) => [...reader.query(statement)]

test('the views show people, places and last digits', () => {
  expect(all('SELECT name, routing_number, account_number, has_identification FROM masked_recipients')).toEqual([
    { name: 'Acme Supply', routing_number: '*****0019', account_number: '••••6789', has_identification: 1 },
  ])
})

test('no view holds a full number, a sealed value or the index of one', () => {
  for (const { name, columns } of reader.views()) {
    for (const row of all(`SELECT * FROM ${name}`)) {
      const text = JSON.stringify(row)
      for (const secret of ['8800123456789', SEEDED.routingNumber, 'JR-4711', '70004455667788', '121042882']) {
        expect(text, name).not.toContain(secret)
      }
      expect(Object.values(row).some((value) => value instanceof Uint8Array)).toBe(false)
    }
    expect(columns, name).not.toContain('account_index')
  }
  expect(reader.views().length).toBeGreaterThan(7)
})

test.each([
  'SELECT * FROM recipients',
  'SELECT hex(account_number) FROM recipients',
  'SELECT (SELECT hex(account_index) FROM recipients LIMIT 1) FROM masked_recipients',
  'SELECT m.name FROM masked_recipients m JOIN recipients r ON r.id = m.id WHERE hex(r.account_index) > 0',
  'WITH x AS (SELECT * FROM recipients) SELECT * FROM x',
  'WITH masked_recipients AS (SELECT * FROM recipients) SELECT * FROM masked_recipients',
  'WITH masked_recipients AS (SELECT * FROM "main"."RECIPIENTS") SELECT * FROM masked_recipients',
  'SELECT account_number FROM recipients FULL JOIN (SELECT 1 AS account_number) USING (account_number)',
  'SELECT * FROM [recipients] NATURAL FULL JOIN (SELECT 1 AS account_index)',
  'SELECT 1 FROM`recipients`JOIN recipients AS r USING (account_index)',
  'SELECT count(*) FROM recipients',
  'SELECT sql FROM sqlite_schema FULL JOIN (SELECT 1 AS sql) USING (sql)',
  'SELECT name FROM dbstat FULL JOIN (SELECT 1 AS name) USING (name)',
  'SELECT sql FROM sqlite_schema',
  "SELECT * FROM pragma_table_info('recipients')",
  'PRAGMA writable_schema = 1',
  "ATTACH DATABASE 'control.db' AS control",
  'CREATE TEMP VIEW masked_all AS SELECT * FROM recipients',
  'DELETE FROM audit_events',
  "UPDATE recipients SET name = 'x'",
  "VACUUM INTO '/tmp/copy.db'",
  "SELECT load_extension('x')",
])('refuses %s', (statement) => {
  expect(() => all(statement)).toThrow(MaskedReadRefused)
})

test('a word that only holds the name of a table is no table', () => {
  expect(all("SELECT 'recipientsx' AS old_recipients LIMIT 0")).toEqual([])
  expect(all('WITH few AS (SELECT name FROM masked_recipients) SELECT name FROM few')).toEqual([
    { name: 'Acme Supply' },
  ])
})

test('a second statement is not run', () => {
  expect(all('SELECT 1 AS one; DELETE FROM masked_recipients')).toEqual([{ one: 1 }])
  expect(all('SELECT count(*) AS n FROM masked_recipients')).toEqual([{ n: 1 }])
})
