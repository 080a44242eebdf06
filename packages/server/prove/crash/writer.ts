import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { checkCrashed, openCheckpoints, openCrashed, writeUnit } from './unit.ts'

const CALLERS = 3
/** So that most of the disk's time goes to commits. */
const SIGNING_PAUSE_MS = 15

/** A line is in the pipe only after its commit, and stays there when the process dies. */
function say(word: string, rest: string): void {
  writeSync(1, `${word} ${rest}\n`)
}

/** The process that gets killed: `writer FOLDER ROUND`, the units acknowledged so far on its input. */
async function writeUntilKilled(folder: string, round: string): Promise<void> {
  const acknowledged: string[] = JSON.parse(await text(process.stdin))
  const storage = await openCrashed(pathToFileURL(join(folder, 'main.db')).href)
  say('checked', JSON.stringify(await checkCrashed(storage, acknowledged)))
  const log = await openCheckpoints(storage, folder)
  if (round === 'check') return storage.close()
  let next = 0
  const caller = async () => {
    for (;;) {
      const id = `${round}.${++next}`
      await writeUnit(storage, id)
      say('acknowledged', id)
    }
  }
  const sign = async () => {
    for (;;) {
      await log.checkpoint()
      say('signed', '')
      await sleep(SIGNING_PAUSE_MS)
    }
  }
  await Promise.all([...Array.from({ length: CALLERS }, caller), sign()])
}

await writeUntilKilled(String(process.argv[2]), String(process.argv[3]))
