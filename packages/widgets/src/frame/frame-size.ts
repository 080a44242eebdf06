/** Tells how high the content is, dialogs included, whenever that changes. */
export function watchHeight(content: HTMLElement, tell: (height: number) => void): void {
  let last = -1
  const measure = () => {
    const dialogs = [...openDialogs(document)]
    for (const dialog of dialogs) sizes.observe(dialog)
    const needed = dialogs.map((dialog) => dialog.scrollHeight + AROUND_DIALOG)
    const height = Math.ceil(Math.max(content.getBoundingClientRect().height, ...needed))
    if (height === last) return
    last = height
    tell(height)
  }
  const sizes = new ResizeObserver(measure)
  sizes.observe(content)
  // A dialog opens after something a person does, and its own size changes when it closes.
  const soon = () => setTimeout(() => requestAnimationFrame(measure), 0)
  for (const type of ['click', 'keyup', 'input']) document.addEventListener(type, soon)
}

const AROUND_DIALOG = 32

function* openDialogs(root: ParentNode): Generator<HTMLDialogElement> {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLDialogElement && element.open) yield element
    if (element.shadowRoot) yield* openDialogs(element.shadowRoot)
  }
}
