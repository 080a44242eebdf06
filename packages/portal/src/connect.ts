import { HEADERS } from '@fistworks/contract'
import { FISTWorks } from '@fistworks/sdk'

export interface ConnectOptions {
  /** The organization that is worked in; `null` before that is known. */
  organization: string | null
  /** The platform that is worked for instead. */
  platform?: string | null
  antiForgeryToken: () => string | undefined
  /** Asks for the token of the cookie the browser holds now. */
  renewAntiForgeryToken: () => Promise<string | undefined>
  /** Told about every answer, so that the end of a session is noticed wherever it shows first. */
  onAnswer: (response: Response) => void
  /** Asks the person to confirm that it is they; without it a refusal for the want of that is the answer. */
  confirmPerson?: () => Promise<boolean>
}

/** Makes the client that all pages and components speak through. */
export type Connect = (options: ConnectOptions) => FISTWorks

/** Speaks to the server these pages came from, as the person whose cookie the browser holds. */
export const connectHere: Connect = ({
  organization,
  platform = null,
  antiForgeryToken,
  renewAntiForgeryToken,
  onAnswer,
  confirmPerson,
}) =>
  new FISTWorks({
    baseUrl: location.origin,
    credentials: 'include',
    antiForgeryToken,
    confirmPerson,
    ...(organization === null ? {} : { organization }),
    ...(platform === null ? {} : { platform }),
    fetch: async (input, init) => {
      const response = await sendRenewing(new Request(input, init), renewAntiForgeryToken)
      onAnswer(response)
      return response
    },
  })

/**
 * Sends it, and once more when the token was not the cookie's: another tab has confirmed and got a new one meanwhile. A
 * request that is refused for its token has changed nothing.
 */
async function sendRenewing(request: Request, renew: () => Promise<string | undefined>): Promise<Response> {
  const again = request.clone()
  const response = await fetch(request)
  if (response.status !== 403 || (await codeOf(response)) !== 'forged-request') return response
  const token = await renew()
  if (token === undefined || token === again.headers.get(HEADERS.antiForgery)) return response
  again.headers.set(HEADERS.antiForgery, token)
  return fetch(again)
}

async function codeOf(response: Response): Promise<unknown> {
  const problem: { code?: unknown } | null = await response
    .clone()
    .json()
    .catch(() => null)
  return problem?.code
}
