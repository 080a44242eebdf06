/** One small change of the source of one file. */
export interface Mutant {
  /** Path of the file from the folder of the source. */
  readonly file: string
  readonly line: number
  readonly kind: string
  readonly from: number
  readonly to: number
  readonly replacement: string
}

type Change = Pick<Mutant, 'kind' | 'from' | 'to' | 'replacement'>

/** Operators stand between blanks, as the formatter puts them; type arguments do not. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '+=': ['-='],
  '-=': ['+='],
}
const REPORTS = /\b(?:this\.#)?checker\.(?:fault|recordFault|forms|characters|literals)\(|\breport\.add\(/g

/** Blanks instead of comments, texts and patterns, so that places stay and nothing in them is changed. */
function masked(source: string): string {
  const apart =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?<=[(=,:?&|!]\s*)\/(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n\\[])+\/[a-z]*/g
  const types =
    /^(?:import|export) (?:type )?\{[^}]*\} from[^\n]*|^import [^\n]*|^(?:export )?(?:interface|type) [\s\S]*?^(?:\}|(?=\S))/gm
  const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ')
  return source.replaceAll(apart, blank).replaceAll(types, blank)
}

function closing(code: string, open: number): number {
  let depth = 0
  for (let place = open; place < code.length; place++) {
    if (code[place] === '(') depth++
    else if (code[place] === ')' && --depth === 0) return place
  }
  return -1
}

const each = <T>(code: string, pattern: RegExp, change: (match: RegExpExecArray) => T[]) =>
  [...code.matchAll(pattern)].flatMap(change)

function operators(code: string): Change[] {
  return each(code, /(?<= )(===|!==|<=|>=|<|>|&&|\|\||\+=|-=|\+|-|\*|\/|%)(?=[ \n])/g, ({ index, 0: operator }) =>
    (OPERATORS[operator] ?? []).map((replacement) => {
      return { kind: `${operator} → ${replacement}`, from: index, to: index + operator.length, replacement }
    }),
  )
}

function conditions(code: string): Change[] {
  return each(code, /\bif \(/g, ({ index }) => {
    const from = index + 'if ('.length
    const to = closing(code, from - 1)
    if (to < 0) return []
    return ['true', 'false'].map((replacement) => ({ kind: `if (${replacement})`, from, to, replacement }))
  })
}

function negations(code: string): Change[] {
  return each(code, /(?<=[\s([])!(?=[\w#(/])/g, ({ index }) => [
    { kind: 'negation removed', from: index, to: index + 1, replacement: '' },
  ])
}

function constants(code: string): Change[] {
  const words = each(code, /(?<=[=(,:] ?|return |\? |=> )\b(true|false)\b/g, ({ index, 0: word }) => [
    { kind: `${word} negated`, from: index, to: index + word.length, replacement: word === 'true' ? 'false' : 'true' },
  ])
  const numbers = each(code, /(?<![\w.'$#])(0x[\da-f_]+|\d[\d_]*)(?![\w.'])/gi, ({ index, 0: digits }) => {
    const value = Number(digits.replaceAll('_', ''))
    const place = { from: index, to: index + digits.length }
    const up = { ...place, kind: `${digits} + 1`, replacement: `${value + 1}` }
    return value === 0 ? [up] : [up, { ...place, kind: `${digits} - 1`, replacement: `${value - 1}` }]
  })
  return [...words, ...numbers]
}

/** A report of a fault, or the asking for a whole group of them, left out. */
function reports(code: string): Change[] {
  return each(code, REPORTS, ({ index, 0: call }) => {
    const before = /this\.#checker\.$/.exec(code.slice(0, index))?.[0].length ?? 0
    const to = closing(code, index + call.length - 1)
    return to < 0 ? [] : [{ kind: 'report removed', from: index - before, to: to + 1, replacement: 'void 0' }]
  })
}

/** A call that stands alone on its line and is there for its effect, left out. */
function calls(code: string): Change[] {
  return each(code, /(?<=^ +)(?:await |void )?[\w#][\w#.?]*\(/gm, ({ index, 0: call }) => {
    if (/^(?:if|for|while|switch|super|function|catch|return)\b/.test(call)) return []
    const to = closing(code, index + call.length - 1)
    if (to < 0 || code[to + 1] !== '\n') return []
    return [{ kind: `${call.slice(0, -1)} left out`, from: index, to: to + 1, replacement: 'void 0' }]
  })
}

/** What is done to a source; `reports` to one that reports faults, `calls` to one that has effects. */
const CHANGES = { reports: [reports], effects: [calls] }
export type Character = keyof typeof CHANGES

/** All mutants of one file, in the order of their places. */
export function mutantsOf(file: string, source: string, character: Character): Mutant[] {
  const code = masked(source)
  const finders = [operators, conditions, negations, constants, ...CHANGES[character]]
  const changes = finders.flatMap((find) => find(code))
  const ordered = changes.toSorted((a, b) => a.from - b.from)
  return ordered.map((change) => ({ ...change, file, line: source.slice(0, change.from).split('\n').length }))
}

export const mutated = (source: string, { from, to, replacement }: Mutant) =>
  source.slice(0, from) + replacement + source.slice(to)
