import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import type { Engine } from './engine.ts'
import type { Guard } from './guard/guard.ts'
import { guardedClient } from './guard/guarded-client.ts'
import { executeOf, readingOnly } from './reading-only.ts'

const READ_LIMIT_MS = 5_000
const WRITE_LIMIT_MS = 10_000
/** A transaction whose client is gone keeps its lock on the server for 5 s; this outlasts it. */
const TRIES = 24

/** A libSQL server. The client itself waits for ever and never retries, so every request gets a time limit. */
export function openRemoteEngine(options: { url: string; authToken?: string }, guard: Guard): Engine {
  const writer = clientWithLimit(options, WRITE_LIMIT_MS)
  const reader = clientWithLimit(options, READ_LIMIT_MS)

  async function close(): Promise<void> {
    reader.close()
    writer.close()
  }

  return {
    kind: 'remote',
    tries: TRIES,
    writer: drizzle({ client: guardedClient(writer, guard) }),
    reader: drizzle({ client: guardedClient(readingOnly(reader, executeOf(reader)), guard) }),
    // Each transaction has its own stream on the server: there is no connection to repair.
    recover: async () => {},
    close,
  }
}

function clientWithLimit({ url, authToken }: { url: string; authToken?: string }, limitMs: number) {
  const limited: typeof fetch = async (request, init) =>
    readable(await fetch(request, { ...init, signal: AbortSignal.timeout(limitMs) }))
  return createClient({ url, fetch: limited, ...(authToken === undefined ? {} : { authToken }) })
}

/** What the server answered was cut off or is no answer of a libSQL server. */
class AnswerUnreadable extends Error {
  readonly code = 'HRANA_PROTO_ERROR'
}

/**
 * The same answer once all of it is there: the client itself takes an answer that was cut off for a mistake in the
 * program, and then nobody knows that asking again may help.
 */
async function readable(response: Response): Promise<Response> {
  const text = await response.text().catch((cause: unknown) => {
    if (cause instanceof Error && cause.name === 'TimeoutError') throw cause
    throw new AnswerUnreadable('The answer of the database server broke off.', { cause })
  })
  if (response.ok && text !== '') {
    try {
      JSON.parse(text)
    } catch (cause) {
      throw new AnswerUnreadable('The answer of the database server is not whole.', { cause })
    }
  }
  return new Response(text === '' ? null : text, response)
}
