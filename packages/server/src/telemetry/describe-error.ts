/** What is told of an error: its class, code and text and those of its causes. Never the values of a query. */
export interface ErrorDescription {
  type: string
  code?: string
  message: string
  stack?: string
  cause?: ErrorDescription
}

const DEEPEST = 5

export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown' }
  const isQuery = 'query' in error && 'params' in error
  const message = isQuery ? 'a query failed' : error.message
  const description: ErrorDescription = { type: error.name, message }
  if ('code' in error && typeof error.code === 'string') description.code = error.code
  const frames = /\n\s+at [\s\S]*$/.exec(error.stack ?? '')?.[0]
  if (frames) description.stack = frames.trim()
  if (error.cause !== undefined && depth < DEEPEST) description.cause = describeError(error.cause, depth + 1)
  return description
}
