import type { Answer, Prepared } from './trial.ts'

/** What is wrong with the first answer, with what is stored, and with the answer to the same request once more. */
export async function breachesOf(prepared: Prepared, first: Answer, expectedStatus: number): Promise<string[]> {
  const why: string[] = []
  const isAcknowledged = first.status === expectedStatus
  const told = `${first.status} ${first.code ?? ''}`
  if (!isAcknowledged && !isToldAsAway(first)) why.push(`answered ${told}`)
  const stored = await prepared.stored()
  if (prepared.again === 'reads') return why
  if (isAcknowledged && stored !== 1) why.push(`acknowledged, and stored ${stored} times`)
  if (stored > 1) why.push(`stored ${stored} times`)
  if (stored > 0 && first.detail?.includes('Nothing was changed')) why.push('says that nothing was changed')
  const second = await prepared.call()
  const isDone = second.status === expectedStatus
  const mayRefuse = prepared.again === 'is used up' || (prepared.again === 'is refused' && stored === 1)
  if (!isDone && !(mayRefuse && second.status >= 400 && second.status < 500)) {
    why.push(`${told}, and the same request again ${second.status} ${second.code ?? ''}`)
  }
  const wanted = prepared.again === 'repeats' ? stored + 1 : prepared.again === 'is used up' && !isDone ? stored : 1
  const ended = await prepared.stored()
  if (ended !== wanted) why.push(`${told}, stored ${stored} times, and ${ended} after the same request again`)
  return why
}

/** A file that was cut off on its way tells as much. */
const isToldAsAway = ({ status, code }: Answer) => status === 0 || (status === 503 && code === 'unavailable')
