import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { applyMigrations, readMigrations } from '../storage/migrate.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'

test('submissions of before stay what they were, with their steps, and none goes', async () => {
  const home = await startHome()
  const opened = await home.openOne('main')
  onTestFinished(async () => {
    await opened.close()
    await home.close()
  })
  const all = readMigrations(new URL('../../migrations/tenant/', import.meta.url))
  await applyMigrations(
    opened,
    all.filter(({ name }) => name < '0100'),
  )
  const storage = byHand(opened)
  await storage.write(async (tx) => {
    await tx.run(sql`INSERT INTO bank_connections (organization_id, id, name, host, port, username, authentication_method,
      password, host_key_fingerprints, upload_directory, sweeps_at_once, line_ending, immediate_destination,
      immediate_destination_name, immediate_origin, immediate_origin_name, created_at)
      VALUES ('org_1', 'bcn_1', 'B', 'h', 22, 'u', 'password', x'01', '[]', '/', 0, 'lf', '1', 'B', '1', 'O', 'x')`)
    await tx.run(sql`INSERT INTO ach_files (organization_id, id, name, status, version, batch_count, entry_count,
      credit_cents, debit_cents, authors, created_by, created_at, updated_at)
      VALUES ('org_1', 'ach_1', 'x', 'submitted', 1, 0, 0, 0, 0, '[]', '{}', 'x', 'x')`)
    await tx.run(sql`INSERT INTO submissions (organization_id, id, ach_file_id, bank_connection_id, file_name, size_bytes,
      sha256, state, attempt, tries, job_id, job_attempt, rename_attempt, created_at)
      VALUES ('org_1', 'sub_1', 'ach_1', 'bcn_1', 'A.ach', 940, ${'a'.repeat(64)}, 'uploaded', 2, 2, 'job_1', 2, 2, 'x')`)
    await tx.run(sql`INSERT INTO submission_steps VALUES ('org_1', 'sub_1', 1, 'ready', 0, 'x', 'Ready.')`)
  })
  const steps = () => storage.read.all(sql`SELECT * FROM submission_steps`)
  const [before, keptSteps] = [await storage.read.all<object>(sql`SELECT * FROM submissions`), await steps()]
  await applyMigrations(opened, all)
  const after = await storage.read.all<object>(sql`SELECT * FROM submissions`)
  expect(after).toMatchObject(before)
  expect(after).toMatchObject([{ content_sha256: 'a'.repeat(64), not_before: null, is_late: 0, looks: 0 }])
  expect(await steps()).toEqual(keptSteps)
  for (const change of [
    sql`DELETE FROM submissions`,
    sql`UPDATE submissions SET content_sha256 = ${'b'.repeat(64)}`,
    sql`INSERT OR REPLACE INTO submissions SELECT * FROM submissions`,
  ]) {
    await expect(storage.write((tx) => tx.run(change))).rejects.toThrow()
  }
  expect(await storage.read.all(sql`SELECT * FROM submissions`)).toEqual(after)
})
