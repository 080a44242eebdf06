import { NOTHING_YET, upcomingOccurrences } from '@fistworks/contract'
import { NETWORK_TIME_ZONE, zoneClock } from '@fistworks/nacha'
import { eq, sql } from 'drizzle-orm'
import { scheduleRuns, type ScheduleRow, schedules } from '../../src/schedules/table.ts'
import { mainByHand } from '../../src/storage/testing/by-hand.ts'
import type { Company } from './company.ts'
import type { World } from './world.ts'

/** Files of a day are made in its morning. */
const MADE_BY = '09:00'

/** Each payment of a schedule whose day has come has its file, once, or was said to be missed; nothing else was made. */
export async function checkSchedules(world: World, company: Company): Promise<void> {
  const { read } = mainByHand(world.databases)
  for (const row of await read
    .select()
    .from(schedules)
    .where(eq(schedules.organizationId, company.id as ScheduleRow['organizationId'])))
    await checkSchedule(world, row)
}

async function checkSchedule(world: World, row: ScheduleRow): Promise<void> {
  const { databases, ledger, time } = world
  const { read } = mainByHand(databases)
  const clock = zoneClock(NETWORK_TIME_ZONE)
  const expected = upcomingOccurrences(row, NOTHING_YET, row.ends.when === 'after' ? row.ends.count : 0)
  const runs = await read.select().from(scheduleRuns).where(eq(scheduleRuns.scheduleId, row.id))
  const files = await read.all<{ name: string }>(
    sql`SELECT name FROM ach_files WHERE organization_id = ${row.organizationId} AND name LIKE ${`${row.name} %`}`,
  )
  const names = files.map(({ name }) => name)
  for (const { paysOn, dueOn, makesFileOn } of expected) {
    const run = runs.find((each) => each.dueOn === dueOn)
    const made = names.filter((name) => name === `${row.name} ${paysOn}`).length
    const isDue = clock.instantOf(makesFileOn, MADE_BY) < time.ms
    if (isDue && run === undefined) ledger.breach(`${row.name}: the payment of ${paysOn} was lost`)
    if (made !== (run?.achFileId ? 1 : 0)) ledger.breach(`${row.name}: ${made} files for ${paysOn}, ${run?.outcome}`)
    if (run !== undefined) world.ended(`scheduled ${run.outcome}`)
  }
  if (names.length > expected.length) ledger.breach(`${row.name} made ${names.length} files`)
}
