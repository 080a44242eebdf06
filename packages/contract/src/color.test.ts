import { expect, test } from 'vitest'
import { contrastWithWhite } from './color.ts'

/** Figures of WCAG 2.2 contrast that are published for these grays and hues. */
test.each([
  ['#000000', 21],
  ['#ffffff', 1],
  ['#767676', 4.54],
  ['#777777', 4.48],
  ['#0000FF', 8.59],
  ['#ff0000', 4],
] as const)('white on %s has a contrast of %d', (color, contrast) => {
  expect(contrastWithWhite(color)).toBeCloseTo(contrast, 1)
})

test.each(['', 'red', '#fff', '#12345', '#12345g', ' #000000', 'rgb(0,0,0)'])(
  '%s is no color of this form',
  (color) => {
    expect(contrastWithWhite(color)).toBeNull()
  },
)
