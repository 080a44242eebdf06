/** Tells those who wait for it that a company's file begins to go to its bank. */
export class Moments {
  readonly #waiting = new Map<string, (() => void)[]>()

  /** Comes with the next upload of this organization. */
  upload(organizationId: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(organizationId, [...(this.#waiting.get(organizationId) ?? []), resolve])
    })
  }

  uploads(organizationId: string): void {
    for (const go of this.#waiting.get(organizationId) ?? []) go()
    this.#waiting.delete(organizationId)
  }
}
