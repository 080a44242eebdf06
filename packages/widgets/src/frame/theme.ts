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

export function applyTheme(style: CSSStyleDeclaration, theme: Readonly<Record<string, string>>): void {
  for (const name of [...TOKENS, SCHEME]) {
    const value = theme[name]
    if (value === undefined) style.removeProperty(name)
    else style.setProperty(name, value === 'normal' ? 'light' : value)
  }
}
