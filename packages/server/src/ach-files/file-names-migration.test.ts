import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { applyMigrations, readMigrations } from '../storage/migrate.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'

test('generated files of before stay what they were, two banks may have one name, and none changes or goes', async () => {
  const home = await startHome()
  const opened = await home.openOne('main')
  onTestFinished(async () => {
    await opened.close()
    await home.close()
  })
  const all = readMigrations(new URL('../../migrations/tenant/', import.meta.url))
  const before = all.filter(({ name }) => name < '0131')
  await applyMigrations(opened, before)
  const storage = byHand(opened)
  const draft = (id: string) => sql`
    INSERT INTO ach_files (organization_id, id, name, status, version, batch_count, entry_count, credit_cents, debit_cents,
      authors, created_by, created_at, updated_at)
    VALUES ('org_1', ${id}, 'x', 'submitted', 1, 0, 0, 0, 0, '[]', '{}', 'x', 'x')`
  const generated = (id: string) => sql`
    INSERT INTO generated_files (organization_id, ach_file_id, file_name, file_id_modifier, size_bytes, sha256, bytes, generated_at)
    VALUES ('org_1', ${id}, 'PAY1.ach', 'A', 3, ${id}, x'010203', 'x')`
  await storage.write(async (tx) => {
    await tx.run(draft('ach_1'))
    await tx.run(draft('ach_2'))
    await tx.run(generated('ach_1'))
  })
  const rows = () => storage.read.all(sql`SELECT * FROM generated_files WHERE ach_file_id = 'ach_1'`)
  const kept = await rows()
  await expect(storage.write((tx) => tx.run(generated('ach_2')))).rejects.toThrow()
  await applyMigrations(opened, all)
  expect(await rows()).toEqual(kept)
  await storage.write((tx) => tx.run(generated('ach_2')))
  for (const change of [
    sql`UPDATE generated_files SET sha256 = '0' WHERE organization_id = 'org_1'`,
    sql`DELETE FROM generated_files WHERE organization_id = 'org_1'`,
    sql`INSERT OR REPLACE INTO generated_files SELECT * FROM generated_files WHERE organization_id = 'org_1'`,
  ]) {
    await expect(storage.write((tx) => tx.run(change))).rejects.toThrow()
  }
  expect(await rows()).toEqual(kept)
})
