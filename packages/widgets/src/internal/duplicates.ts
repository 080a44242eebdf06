import type { FieldProblem, Id } from '@fistworks/contract'
import type { Question } from './confirm-dialog.ts'

/** The files that a refusal names as making some of the same payments. */
export function namedDuplicates(errors: readonly FieldProblem[]): Id<'ach'>[] {
  return errors
    .filter(({ code }) => code === 'possible-duplicate')
    .map(({ pointer }) => pointer.slice(pointer.lastIndexOf('/') + 1) as Id<'ach'>)
}

export const duplicateQuestion = (text: string): Question => ({
  heading: 'This may pay twice',
  text: text.replace(/^It may pay twice: /, '').replace(/ If that is meant, .*$/, ''),
  confirm: 'It is meant: go on',
  isDangerous: true,
})
