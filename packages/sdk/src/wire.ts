import { ConnectionError, UsageError } from './error.ts'

/** `?a=1&b=2` of what is not undefined, or the empty string. */
export function queryString(query: object | undefined): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

export function jsonBody(body: object): string {
  try {
    return JSON.stringify(body)
  } catch {
    throw new UsageError('The input cannot be written as JSON.')
  }
}

/** What may stand in a header. Checked here, because a refusing `Headers` would print the value. */
export function visibleAscii(name: string, value: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(value)) return value
  throw new UsageError(`${name} must have 1 to 255 visible ASCII characters.`)
}

/** The result in an answer, or `undefined` where there is none to expect. */
export function readResult(call: { operation: string; isSilent?: boolean }, text: string): object | undefined {
  if (call.isSilent === true) return undefined
  try {
    const result: unknown = JSON.parse(text)
    if (typeof result === 'object' && result !== null) return result
  } catch {
    // Said below: the parser's message would repeat a piece of the answer.
  }
  throw new ConnectionError('unexpected-answer', `${call.operation}: what answered at baseUrl is not FISTWorks.`)
}
