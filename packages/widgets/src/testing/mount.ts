import axe from 'axe-core'
import { expect } from 'vitest'

/** Puts an element into the page and sets properties on it. */
export function mount<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  Object.assign(element, properties)
  document.body.append(element)
  return element
}

export function unmountAll(): void {
  document.body.replaceChildren()
  document.documentElement.style.removeProperty('color-scheme')
}

/** All elements of the page, those in shadow trees too. */
export function* everyElement(root: ParentNode = document): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element
    if (element.shadowRoot) yield* everyElement(element.shadowRoot)
  }
}

/** The element that has the focus, through all shadow trees. */
export function focused(): Element | null {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}

/** The page as it could be written down: markup and texts of all trees. */
export function serialised(): string {
  const options = {
    serializableShadowRoots: true,
    shadowRoots: [...everyElement()].flatMap((each) => each.shadowRoot ?? []),
  }
  return document.documentElement.getHTML(options)
}

/** When all transitions are over: in the middle of one, colours are no colours of ours. */
async function settled(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve))
  const running = [...everyElement()].flatMap((each) => each.getAnimations())
  const finite = running.filter((each) => each.effect?.getTiming().iterations !== Infinity)
  await Promise.allSettled(finite.map((each) => each.finished))
}

/** What axe finds in light and in dark: nothing is expected. */
export async function expectAccessible(): Promise<void> {
  for (const scheme of ['light', 'dark']) {
    document.documentElement.style.setProperty('color-scheme', scheme)
    document.documentElement.style.setProperty('background', 'Canvas')
    await settled()
    const { violations } = await axe.run(document.body, {
      rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
    })
    const found = violations.map(
      (each) =>
        `${scheme}: ${each.id}: ${each.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
    )
    expect(found).toEqual([])
  }
}
