import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import type { BankConnectionRow } from './table.ts'

type Answers = Pick<
  BankConnectionRow,
  | 'host'
  | 'port'
  | 'username'
  | 'acknowledgementDirectory'
  | 'returnDirectory'
  | 'returnPollMinutes'
  | 'afterProcessing'
  | 'processedDirectory'
  | 'archivedAt'
>

/**
 * Tells everybody who looks after bank connections that what a bank answers is looked for elsewhere, more seldom or no
 * more, or treated otherwise: somebody alone could hide it that way.
 */
export async function tellAnswersChanged(
  ctx: WriteContext,
  before: BankConnectionRow,
  after: BankConnectionRow,
): Promise<void> {
  const [was, is] = [wordsOf(before), wordsOf(after)]
  // Whether they are looked for at all the directories tell.
  const isTold = (words: string, now = '') => words !== now && words !== '' && now !== ''
  const changes = was.flatMap((words, index) => (isTold(words, is[index]) ? [`${words} → ${is[index]}`] : []))
  if (changes.length === 0) return
  const who = ctx.actor.name ?? (ctx.actor.type === 'apiKey' ? 'An API key' : 'Somebody')
  await recordEvent(ctx.db, ctx.organizationId, {
    type: 'bankConnection.answersChanged',
    objectType: 'bankConnection',
    objectId: after.id,
    at: ctx.now,
    about: { name: after.name, reason: `${who} changed it. ${changes.join('. ')}.` },
  })
}

function wordsOf(row: Answers): string[] {
  const place = (directory: string | null) => (directory === null ? 'nowhere' : `“${directory}”`)
  const often = row.returnPollMinutes === null ? 'on demand only' : `every ${row.returnPollMinutes} minutes`
  const isUsed = row.archivedAt === null
  const isAsked = row.acknowledgementDirectory !== null || row.returnDirectory !== null
  return [
    `Acknowledgements are looked for ${place(row.acknowledgementDirectory)}`,
    `Returns are looked for ${isUsed ? place(row.returnDirectory) : 'nowhere: the connection is archived'}`,
    `They are looked for ${often}`,
    isAsked ? `They are looked for at ${row.host}:${row.port} as “${row.username}”` : '',
    `What was read is ${AFTERWARDS[row.afterProcessing]}${row.afterProcessing === 'move' ? ` to ${place(row.processedDirectory)}` : ''}`,
  ]
}

const AFTERWARDS = { leave: 'left at the bank', move: 'moved', delete: 'deleted at the bank' } as const
