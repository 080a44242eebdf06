import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { acrossTenants, onBehalfOf, SYSTEM_WORK } from '../on-behalf-of.ts'
import { mutantsOf, survivorsOf } from '../testing/mutate-statement.ts'
import { createGuard, TenantUnbound } from './guard.ts'

const tables = new Map([
  ['jobs', 'organization_id'],
  ['recipients', 'organization_id'],
  ['answers', 'owner_id'],
])

function check(sql: string, args: unknown = ['org_1']): Promise<void> {
  const guard = createGuard()
  guard.watch(tables)
  return onBehalfOf('org_1', () => guard.check(sql, args))
}

test.each([
  ['select * from jobs where organization_id = ?'],
  ['select * from "jobs" where ("jobs"."organization_id" = ? and "jobs"."id" in (?, ?))'],
  ['SELECT * FROM jobs AS j WHERE j.state = 1 AND (j.Organization_Id == ?2)', [null, 'org_1']],
  ["select * from jobs where 'org_1' = organization_id and name like '%;--(' /* ) */"],
  ['select * from jobs where at between ? and ? and organization_id = ?', [1, 2, 'org_1']],
  ['select * from jobs j join recipients r on r.organization_id = j.organization_id where r.organization_id = ?'],
  [
    'select * from jobs left join recipients r on r.organization_id = jobs.organization_id where jobs.organization_id = ?',
  ],
  [
    'select 1 from jobs where organization_id = ? and not exists (select 1 from jobs o where o.organization_id = jobs.organization_id)',
  ],
  ['select * from platforms where id in (select p from jobs where organization_id = ?)'],
  ['with a as (select * from jobs where organization_id = ?) select * from a'],
  [
    'select id from jobs where organization_id = ? union select id from recipients where organization_id = ?',
    ['org_1', 'org_1'],
  ],
  ['insert into jobs (id, organization_id) values (?, ?), (?, ?)', ['a', 'org_1', 'b', 'org_1']],
  ['insert into jobs (organization_id, id) values (?, 1) on conflict (organization_id, id) do update set n = n + 1'],
  ['insert into answers (owner_id) values (?) on conflict do nothing'],
  ['update jobs set state = ? where organization_id = ? returning id', [1, 'org_1']],
  [
    'with p (id) as (values (?)) update jobs set n = p.id from p where jobs.organization_id = ? and jobs.id = p.id',
    [1, 'org_1'],
  ],
  ['delete from jobs where organization_id = ?'],
  ['select jobs_done from platforms'],
  ['pragma table_info(jobs)', []],
] as [string, unknown[]?][])('%s is allowed', async (sql, args) => {
  await expect(check(sql, args)).resolves.toBeUndefined()
})

test.each([
  ['select * from jobs'],
  ['select * from jobs where id = ?'],
  ['select * from jobs where organization_id = ?', ['org_2']],
  ['select * from jobs where organization_id = ? or id = ?', ['org_1', 1]],
  ['select * from jobs where id = ? and organization_id = ? or 1', ['x', 'org_1']],
  ['select * from jobs where not organization_id = ?'],
  ['select * from jobs where not (organization_id = ? and id = 1)'],
  ['select * from jobs where (organization_id = ?) = 0'],
  ['select * from jobs where organization_id <> ?'],
  ['select * from jobs where organization_id = ? is null'],
  ['select * from jobs where n between 1 and organization_id = ?'],
  ['select * from jobs where case when organization_id = ? then 1 else 1 end'],
  ['select * from jobs where "organization_id" in (?)'],
  ["select * from jobs -- where organization_id = ?\n where '' = ?", ['org_1']],
  ['select * from jobs having organization_id = ?'],
  ['select *, (select n from recipients limit 1) from jobs where organization_id = ?'],
  ['select * from jobs, recipients where jobs.organization_id = ?'],
  ['select * from jobs join recipients r on r.id = jobs.id where jobs.organization_id = ?'],
  [
    'select * from jobs left join recipients r on jobs.organization_id = ? and r.organization_id = ?',
    ['org_1', 'org_1'],
  ],
  ['select * from jobs left join recipients r on r.organization_id = jobs.organization_id where r.organization_id = ?'],
  ['select * from jobs natural join recipients where jobs.organization_id = ?'],
  ['select * from main.jobs'],
  ['select * from (jobs)'],
  ['select * from (select * from jobs) where organization_id = ?'],
  ['with a as (select * from jobs) select * from a where organization_id = ?'],
  ['select id from jobs where organization_id = ? union select id from recipients'],
  ['select 1 where exists (select 1 from jobs where organization_id = (select ?))'],
  ['insert into jobs (id) values (?)'],
  ['insert into jobs values (?)'],
  ['insert into jobs (organization_id, id) values (?, 1), (null, 2)'],
  ['insert into jobs (organization_id) select organization_id from jobs where organization_id = ?'],
  ['insert into platforms select * from jobs'],
  ['insert or replace into jobs (organization_id) values (?)'],
  ['replace into jobs (organization_id) values (?)'],
  ['insert into jobs (organization_id, id) values (?, 1) on conflict (id) do update set n = 1'],
  ['insert into jobs (organization_id) values (?) on conflict (organization_id) do update set organization_id = 2'],
  ['update jobs set n = 1'],
  ['update jobs set organization_id = 2 where organization_id = ?'],
  ['update jobs set (id, organization_id) = (1, 2) where organization_id = ?'],
  ['update or replace jobs set n = 1 where organization_id = ?'],
  ['update platforms set n = (select count(*) from jobs)'],
  ['update platforms set n = jobs.n from jobs where jobs.id = platforms.id'],
  ['delete from jobs'],
  ['delete from platforms where id in (select id from jobs)'],
  ['drop table jobs'],
  ['create table copy as select * from jobs'],
  ['alter table jobs rename to others'],
  ['select 1; select * from jobs', []],
  ['explain query plan select * from jobs', []],
  ['select * from [jobs] where id = (('],
  ['select * from `JOBS`'],
] as [string, unknown[]?][])('%s is refused', async (sql, args) => {
  await expect(check(sql, args)).rejects.toThrow(TenantUnbound)
})

test('who works for nobody touches no row of anybody', () => {
  const guard = createGuard()
  guard.watch(tables)
  expect(() => guard.check('select * from jobs where organization_id = ?', ['org_1'])).toThrow('on behalf of nobody')
})

test('work for one owner does not turn into work for another', async () => {
  await expect(onBehalfOf('org_1', async () => onBehalfOf('org_2', () => null))).rejects.toThrow('on behalf of org_2')
})

test('system work may touch the tables it names, and no other', async () => {
  const guard = createGuard()
  guard.watch(tables)
  await acrossTenants('claim-job', () => guard.check('select * from jobs', []))
  const other = acrossTenants('claim-job', () => guard.check('select * from recipients', []))
  await expect(other).rejects.toThrow(TenantUnbound)
})

test('a condition that is left out, made one of two, or about somebody else is found in each of these', () => {
  for (const [sql, args] of [
    ['select * from jobs where organization_id = ? and id = ?', ['org_1', 'a']],
    ['update jobs set n = ? where jobs.organization_id = ?', [1, 'org_1']],
    ['insert into jobs (organization_id) values (?)', ['org_1']],
  ] as const) {
    const statement = { sql, args: [...args], tables, work: { owner: 'org_1', reason: null } }
    expect(mutantsOf(statement).length).toBeGreaterThan(0)
    expect(survivorsOf(statement)).toEqual([])
  }
})

/** Whoever adds system work says so here, in the sight of whoever reads the change. */
test('this is all the work that belongs to no single organization', () => {
  const source = fileURLToPath(new URL('../../', import.meta.url))
  const found = new Map<string, string[]>()
  for (const file of globSync('**/*.ts', { cwd: source, exclude: ['**/*.test.ts', '**/testing/**'] }).sort()) {
    for (const [, reason = ''] of readFileSync(`${source}${file}`, 'utf8').matchAll(/acrossTenants\(\s*'([^']+)'/g)) {
      found.set(reason, [...new Set([...(found.get(reason) ?? []), file])])
    }
  }
  const listed = Object.keys(SYSTEM_WORK).map((reason) => [reason, found.get(reason)])
  console.log(listed.map(([reason, files]) => `${String(reason)}: ${String(files)}`).join('\n'))
  expect(Object.fromEntries(listed)).toEqual({
    migrate: ['storage/migrate.ts'],
    'find-caller': ['access/access-store.ts'],
    'list-memberships': ['access/access-store.ts', 'organizations/store.ts'],
    'found-organization': ['http/run-operation.ts', 'organizations/store.ts'],
    'find-invitation': ['invitations/store.ts'],
    'close-account': ['accounts/close-account.ts'],
    'look-after-api-keys': ['api-keys/expiry-warning.ts', 'api-keys/key-uses.ts'],
    'members-second-factors': ['second-factors/member-factors.ts'],
    'look-after-keys': ['vault/store.ts'],
    'sign-audit-log': ['audit/leaves.ts'],
    'show-audit-trail': ['audit/trail.ts'],
    'poll-banks': ['inbound-files/schedule.ts'],
    'prune-jobs': ['jobs/prune.ts'],
    'prune-ended': ['retention/retention.ts'],
    'claim-job': ['jobs/worker.ts'],
  })
})
