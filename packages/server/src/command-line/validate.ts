import { isAcceptable, type ValidateOptions, type Violation, validateStream } from '@fistworks/nacha'
import { type Arguments, PROFILE, type Shape } from './arguments.ts'
import { nameOf, pieces } from './input.ts'
import { coloured, counted, type Output, printJson, printLines, shown, violationLine } from './terminal.ts'

export const validateShape: Shape = {
  options: { ...PROFILE, 'as-of': { type: 'string' }, 'max-violations': { type: 'string' } },
  files: [1, Number.POSITIVE_INFINITY],
}

/** 'payroll.ach: valid, 1 warning' */
export function verdictLine(name: string, violations: readonly Violation[], stream?: Output): string {
  const listed = violations.filter(({ rule }) => rule !== 'violations.limit')
  const count = (severity: string) => listed.filter((each) => each.severity === severity).length
  const found = [
    count('error') > 0 ? counted(count('error'), 'error') : '',
    count('warning') > 0 ? counted(count('warning'), 'warning') : '',
    count('info') > 0 ? counted(count('info'), 'remark') : '',
    listed.length < violations.length ? 'and more' : '',
  ].filter((part) => part !== '')
  const isValid = isAcceptable(violations)
  const verdict = coloured(isValid ? 'valid' : 'not valid', isValid ? 'good' : 'error', stream)
  return [`${shown(name)}: ${verdict}`, ...found].join(', ')
}

/** Checks files as streams, however large they are. @returns 0 when all are valid, 1 when one is not */
export async function validate(given: Arguments): Promise<number> {
  const options: ValidateOptions = {
    profile: given.profile,
    asOf: given.date('as-of'),
    maxViolations: given.count('max-violations'),
  }
  const checked: { file: string; isValid: boolean; violations: readonly Violation[] }[] = []
  for (const path of given.files) {
    const violations = await validateStream(pieces(path), options)
    const name = nameOf(path)
    checked.push({ file: name, isValid: isAcceptable(violations), violations })
    if (given.has('json')) continue
    await printLines(violations.map((each) => violationLine(name, each)))
    await printLines([verdictLine(name, violations)])
  }
  if (given.has('json')) await printJson({ files: checked })
  return checked.every(({ isValid }) => isValid) ? 0 : 1
}
