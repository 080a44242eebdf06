import { encodingsOf } from './encodings.ts'

/** Members of a body that no answer may give back. */
const SEALED = new Set(['accountNumber', 'identification', 'password', 'privateKey', 'passphrase'])
/** Shorter ones turn up by chance. */
const SHORTEST = 8

/** Remembers what was sent to be sealed, and fails the test in which a later answer holds any of it. */
export class LeakWatch {
  readonly #forms = new Map<string, string>()

  sent(body: unknown): void {
    for (const secret of sealedIn(body)) {
      for (const [encoding, bytes] of encodingsOf(secret)) {
        const form = bytes.toString('latin1')
        if (form.length >= SHORTEST) this.#forms.set(form, encoding)
      }
    }
  }

  /** @returns the answer, which is still there to be read */
  async answered(path: string, response: Response): Promise<Response> {
    // The one answer that is for showing a full number.
    if (path.endsWith('/reveal') && response.ok) return response
    const body = Buffer.from(await response.clone().arrayBuffer()).toString('latin1')
    const given = `${JSON.stringify([...response.headers])}\n${body}`
    for (const [form, encoding] of this.#forms) {
      if (given.includes(form)) throw new Error(`${path} answers with a sealed value (${encoding})`)
    }
    return response
  }
}

function sealedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    SEALED.has(name) && typeof member === 'string' && member.length >= SHORTEST ? [member] : sealedIn(member),
  )
}
