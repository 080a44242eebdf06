/** A class of ours: knows its tag and the elements it is made of. */
export interface FistElementClass extends CustomElementConstructor {
  readonly elementName: string
  readonly dependencies?: readonly FistElementClass[]
}

/**
 * Registers elements and everything they are made of. A name that is taken already is left alone, so two copies
 * of this package on one page do not throw; where there is no `customElements` (a server) nothing happens.
 */
export function define(...classes: readonly FistElementClass[]): void {
  if (typeof customElements === 'undefined') return
  for (const each of classes) {
    define(...(each.dependencies ?? []))
    if (customElements.get(each.elementName) === undefined) customElements.define(each.elementName, each)
  }
}
