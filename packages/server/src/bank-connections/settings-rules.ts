import { type FieldProblem, originIdProblem } from '@fistworks/contract'
import { invalid } from '../problem-error.ts'
import { LIMITS } from '../limits.ts'
import type { BankConnectionRow } from './table.ts'

/** What the settings of a connection must be to one another. */
export type Settings = Pick<
  BankConnectionRow,
  | 'uploadDirectory'
  | 'acknowledgementDirectory'
  | 'returnDirectory'
  | 'returnPollMinutes'
  | 'afterProcessing'
  | 'processedDirectory'
  | 'fileNameTemplate'
  | 'immediateOrigin'
>

/** Refuses settings that do not go together, all problems at once. @throws ProblemError `validation-failed` */
export function refuseContradictions(settings: Settings): void {
  const problems = [...returnProblems(settings), ...directoryProblems(settings)]
  const { fileNameTemplate, immediateOrigin } = settings
  const ofOrigin = fileNameTemplate === null ? null : originIdProblem(fileNameTemplate, immediateOrigin)
  if (ofOrigin !== null) problems.push(problem('fileNameTemplate', 'file-name-template', ofOrigin))
  if (problems.length > 0) throw invalid(problems)
}

function returnProblems(settings: Settings): FieldProblem[] {
  const { returnDirectory, returnPollMinutes, afterProcessing, processedDirectory } = settings
  const problems: FieldProblem[] = []
  if (returnDirectory === null && (returnPollMinutes !== null || afterProcessing !== 'leave')) {
    const message = 'is needed to look there by the clock, and to move or delete what was read'
    problems.push(problem('returnDirectory', 'required', message))
  }
  if (afterProcessing === 'move' && processedDirectory === null) {
    problems.push(problem('processedDirectory', 'required', 'is needed to move files once they were read'))
  }
  if (afterProcessing !== 'move' && processedDirectory !== null) {
    const message = 'is only used when files are moved once they were read: choose that, or leave it out'
    problems.push(problem('processedDirectory', 'unused', message))
  }
  return problems
}

/** What lies in the upload directory is ours; what was moved away must not be found again. */
function directoryProblems(settings: Settings): FieldProblem[] {
  const pairs = [
    ['returnDirectory', 'uploadDirectory'],
    ['processedDirectory', 'uploadDirectory'],
    ['processedDirectory', 'returnDirectory'],
    ['processedDirectory', 'acknowledgementDirectory'],
  ] as const
  return pairs
    .filter(([name, other]) => isSame(settings[name], settings[other]))
    .map(([name, other]) => problem(name, 'same-directory', `must be another directory than ${other}`))
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && normal(one) === normal(other)
}

/** `/a//b/`, `/a/./b` and `/a/b` are one place; the login directory is `.` or nothing. */
function normal(directory: string): string {
  const parts = directory.split('/').filter((part) => part !== '' && part !== '.')
  return (directory.startsWith('/') ? '/' : '') + parts.join('/')
}

/**
 * Until when old algorithms are accepted, as it is stored.
 * @throws ProblemError `validation-failed` for a time that has passed or lies too far ahead
 */
export function legacyUntil(until: string, now: Date): string {
  const last = now.getTime() + LIMITS.legacyAlgorithmsDays * 86_400_000
  const at = Date.parse(until)
  if (at > now.getTime() && at <= last) return new Date(at).toISOString()
  const message = `must lie ahead, and at most ${LIMITS.legacyAlgorithmsDays} days: until ${new Date(last).toISOString()}`
  throw invalid([problem('legacyAlgorithmsUntil', 'legacy-algorithms', message)])
}

function problem(name: string, code: string, message: string): FieldProblem {
  return { pointer: `/${name}`, code, message }
}
