import { FISTWorks } from '@fistworks/sdk'

export interface ConnectOptions {
  /** The organization that is worked in; `null` before that is known. */
  organization: string | null
  antiForgeryToken: () => string | undefined
  /** Told about every answer, so that the end of a session is noticed wherever it shows first. */
  onAnswer: (response: Response) => void
}

/** Makes the client that all pages and components speak through. */
export type Connect = (options: ConnectOptions) => FISTWorks

/** Speaks to the server these pages came from, as the person whose cookie the browser holds. */
export const connectHere: Connect = ({ organization, antiForgeryToken, onAnswer }) =>
  new FISTWorks({
    baseUrl: location.origin,
    credentials: 'include',
    antiForgeryToken,
    ...(organization === null ? {} : { organization }),
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      onAnswer(response)
      return response
    },
  })
