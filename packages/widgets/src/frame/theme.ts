/** What of the page's look reaches the frame: the `--fist-*` properties, and light or dark. Fonts of the page do not. */
const TOKENS = [
  'accent',
  'accent-text',
  'text',
  'text-muted',
  'surface',
  'surface-sunken',
  'border',
  'border-strong',
  'positive',
  'caution',
  'critical',
  'font-family',
  'font-size',
  'radius',
  'frame-border',
].map((name) => `--fist-${name}`)

const SCHEME = 'color-scheme'

type Theme = Readonly<Record<string, string>>

/** As it is computed where the element stands. */
export function themeOf(element: Element): Record<string, string> {
  const style = getComputedStyle(element)
  const pairs = TOKENS.map((name) => [name, style.getPropertyValue(name).trim()] as const).filter(([, value]) => value)
  return { ...Object.fromEntries(pairs), [SCHEME]: style.colorScheme }
}

/** Colours, lengths, names of fonts: nothing that a style could load from somewhere. */
export function isThemeValue(name: string, value: string): boolean {
  if (name === SCHEME) return /^(normal|(only )?(light|dark)|light dark|dark light)$/.test(value)
  return (
    TOKENS.includes(name) && value.length <= 200 && /^[\w\s#%.,()'"/+*-]+$/.test(value) && !/url|image/i.test(value)
  )
}

/**
 * The color of a platform where the page says nothing of its own: as it is where it is light, since white can be read on
 * it; in the dark the same hue, so light that it can be read on the dark surface and dark text on it.
 */
function brandOf(theme: Theme, color: string | null): Theme {
  const isOfThePage = ['--fist-accent', '--fist-accent-text'].some((name) => theme[name] !== undefined)
  if (color === null || isOfThePage) return theme
  return { ...theme, '--fist-accent': `light-dark(${color}, oklch(from ${color} 0.8 min(c, 0.12) h))` }
}

/** @param color of the platform */
export function applyTheme(style: CSSStyleDeclaration, given: Theme, color: string | null): void {
  const theme = brandOf(given, color)
  for (const name of [...TOKENS, SCHEME]) {
    const value = theme[name]
    if (value === undefined) style.removeProperty(name)
    else style.setProperty(name, value === 'normal' ? 'light' : value)
  }
}
