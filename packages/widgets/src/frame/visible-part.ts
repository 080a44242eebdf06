import type { ToFrame } from './message.ts'

/** Tells which part of a tall frame is seen, so that its dialogs stand there and not far above or below. */
export class VisiblePart {
  #isAsked = false
  readonly #frame: HTMLElement
  readonly #tell: (view: ToFrame) => void

  constructor(frame: HTMLElement, tell: (view: ToFrame) => void, signal: AbortSignal) {
    this.#frame = frame
    this.#tell = tell
    const options = { signal, passive: true, capture: true }
    addEventListener('scroll', this.#ask, options)
    addEventListener('resize', this.#ask, options)
    const sizes = new ResizeObserver(this.#ask)
    sizes.observe(frame)
    signal.addEventListener('abort', () => sizes.disconnect())
  }

  readonly #ask = () => {
    if (this.#isAsked) return
    this.#isAsked = true
    requestAnimationFrame(() => {
      this.#isAsked = false
      const { top, bottom, height } = this.#frame.getBoundingClientRect()
      const hidden = (pixels: number) => Math.min(Math.max(0, Math.round(pixels)), Math.round(height))
      this.#tell({ type: 'view', top: hidden(-top), bottom: hidden(bottom - innerHeight) })
    })
  }
}
