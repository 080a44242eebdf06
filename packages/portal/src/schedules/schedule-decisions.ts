import type { Schedule } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import type { Question } from '../ui/question-dialog.ts'
import { dayWords } from './words.ts'

/** What a person can decide about a schedule as it is: the word of the button, what is asked before, and the call. */
export interface ScheduleDecision {
  readonly word: string
  readonly look: 'primary' | 'quiet' | ''
  readonly question: Question
  readonly run: () => Promise<Schedule>
}

export function decisionsAbout(schedule: Schedule, { schedules }: FISTWorks): readonly ScheduleDecision[] {
  const { id, version, next, status, needsConfirmation, name } = schedule
  if (status === 'ended') return []
  return [
    ...(needsConfirmation
      ? [
          decision('Confirm the template as it is now', 'primary', () => schedules.confirm(id, { version }), {
            heading: `Go on with ${schedule.templateName} as it is now?`,
            text: 'Look at the template first: the payments to come are made of it.',
            confirm: 'Confirm the template',
          }),
        ]
      : []),
    status === 'active'
      ? decision('Pause', '', () => schedules.pause(id, { version }), {
          heading: `Pause ${name}?`,
          text: 'No file is made before it is resumed. Files that were made stay: cancel one on its own page.',
          confirm: 'Pause the schedule',
        })
      : decision('Resume', 'primary', () => schedules.resume(id, { version }), {
          heading: `Resume ${name}?`,
          text: 'It goes on with the next payment that can be reached. What fell into the pause is not made up for.',
          confirm: 'Resume the schedule',
        }),
    ...(next === null
      ? []
      : [
          decision(`Skip ${dayWords(next.paysOn)}`, '', () => schedules.skip(id, { version, dueOn: next.dueOn }), {
            heading: `Leave out the payment of ${dayWords(next.paysOn)}?`,
            text: 'The one after it is made as planned. This cannot be taken back.',
            confirm: 'Leave it out',
          }),
        ]),
    decision('End', 'quiet', () => schedules.end(id, { version }), {
      heading: `End ${name}?`,
      text: 'Files that were made stay; no other is made. An ended schedule cannot be started again.',
      confirm: 'End the schedule',
      isDangerous: true,
    }),
  ]
}

const decision = (
  word: string,
  look: ScheduleDecision['look'],
  run: ScheduleDecision['run'],
  question: Question,
): ScheduleDecision => ({ word, look, run, question })
