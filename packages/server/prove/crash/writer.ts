import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { checkCrashed, openCheckpoints, openCrashed, rotateOn, untilSealed, writeUnit } from './unit.ts'

const CALLERS = 3
const ROTATION_PAUSE_MS = 5
/** So that most of the disk's time goes to commits. */
const SIGNING_PAUSE_MS = 15

/** A line is in the pipe only after its commit, and stays there when the process dies. */
function say(word: string, rest: string): void {
  writeSync(1, `${word} ${rest}\n`)
}

/** The process that gets killed: `writer FOLDER ROUND SLOWER`, the units acknowledged so far on its input. */
async function writeUntilKilled(folder: string, round: string, slower: number): Promise<void> {
  const acknowledged: string[] = JSON.parse(await text(process.stdin))
  const world = await openCrashed(folder, slower)
  say('checked', JSON.stringify(await checkCrashed(world, acknowledged)))
  const log = await openCheckpoints(world, folder)
  if (round === 'check') return world.close()
  let next = 0
  const caller = async () => {
    for (;;) {
      const id = `${round}.${++next}`
      await untilSealed(() => writeUnit(world, id))
      say('acknowledged', id)
      // The driver is synchronous: without a turn of the loop the rotation would starve.
      await turn()
    }
  }
  const rotator = async () => {
    await world.office.resume()
    world.worker.start()
    for (let turn = Number(round); ; turn++) {
      await rotateOn(world, turn)
      await sleep(ROTATION_PAUSE_MS)
    }
  }
  const sign = async () => {
    for (;;) {
      await log.checkpoint()
      say('signed', '')
      await sleep(SIGNING_PAUSE_MS)
    }
  }
  await Promise.all([rotator(), sign(), ...Array.from({ length: CALLERS }, caller)])
}

await writeUntilKilled(String(process.argv[2]), String(process.argv[3]), Number(process.argv[4]))
