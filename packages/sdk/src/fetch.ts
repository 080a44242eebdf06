import { ConnectionError } from './error.ts'

/**
 * A `fetch` that is done when the whole body is here: an answer cut off half-way is then a failed attempt like any
 * other and can be repeated. It never follows a redirect, which would carry body and credentials elsewhere; `manual`
 * because some workers do not know `error`.
 */
export function bufferedFetch(fetch: typeof globalThis.fetch, isFile = false): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    // A file can be larger than memory, so it is handed on as it comes; a refusal is short.
    if (isFile && response.ok) return response
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw new ConnectionError('redirected', 'The server sent us elsewhere. Set baseUrl to its final address.')
    }
    const text = await response.text()
    const { status, statusText, headers } = response
    return new Response(text === '' ? null : text, { status, statusText, headers })
  }
}
