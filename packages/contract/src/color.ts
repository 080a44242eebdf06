/** `#0b5fff` → red, green, blue from 0 to 255; `null` for anything else. */
function channelsOf(color: string): [number, number, number] | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (match === null) return null
  const [, red = '', green = '', blue = ''] = match
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)]
}

/** Relative luminance from 0 (black) to 1 (white), WCAG 2.2. */
function luminanceOf([red, green, blue]: [number, number, number]): number {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function linear(channel: number): number {
  const part = channel / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

/** Contrast of white text on this color, from 1 to 21 (WCAG 2.2); `null` when it is no color like `#0b5fff`. */
export function contrastWithWhite(color: string): number | null {
  const channels = channelsOf(color)
  return channels === null ? null : 1.05 / (luminanceOf(channels) + 0.05)
}

/** What small text needs to be read (WCAG 2.2, 1.4.3). */
export const CONTRAST_MIN = 4.5
