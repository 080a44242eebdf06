/** `The amount` + `is missing` → `The amount is missing.`; a clause of its own goes after a colon, unless it has one. */
export function sentence(subject: string, problem: string): string {
  const text = problem.replace(/\.$/, '')
  const continues = /^(is|has|may|must|holds|starts|needs|does|cannot|at most)\b/.test(text)
  if (!continues && text.includes(': ')) return `The ${text}.`
  return `${subject}${continues ? ' ' : ': '}${text}.`
}

export const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

/** What was said first: after that comes what a developer may do. */
export const firstSentence = (text: string) => /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text
