import { AccentColor, contrastWithWhite } from '@fistworks/contract'
import { afterEach, expect, test } from 'vitest'
import { tokens } from '../styles/tokens.ts'
import { applyTheme } from './theme.ts'

afterEach(() => document.body.replaceChildren())

/** The colors that an element of ours has inside an element with this theme, as `#rrggbb`. */
function colors(theme: Record<string, string>, color: string | null) {
  const around = document.createElement('div')
  applyTheme(around.style, theme, color)
  const ours = document.createElement('div')
  const root = ours.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(tokens.cssText)
  root.adoptedStyleSheets = [sheet]
  const swatch = document.createElement('i')
  root.append(swatch)
  around.append(ours)
  document.body.append(around)
  const of = (token: string) => {
    swatch.style.setProperty('color', `var(${token})`)
    return painted(getComputedStyle(swatch).color)
  }
  return { accent: of('--_accent'), text: of('--_accent-text'), surface: of('--_surface') }
}

/** What the screen gets of a color, in whatever way it is written. */
function painted(color: string): string {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  if (canvas === null) throw new Error('no canvas')
  canvas.fillStyle = color
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
  return `#${[red, green, blue].map((each) => each.toString(16).padStart(2, '0')).join('')}`
}

function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [one, other].map((each) => contrastWithWhite(each) ?? Number.NaN)
  return Math.max(a, b) / Math.min(a, b)
}

const LIGHT = { 'color-scheme': 'light' }
const DARK = { 'color-scheme': 'dark' }

test('the color of the platform is that of the elements, where the page has none of its own', () => {
  expect(colors(LIGHT, '#0b5fff').accent).toBe('#0b5fff')
  expect(colors({ ...LIGHT, '--fist-radius': '2px' }, '#0b5fff').accent).toBe('#0b5fff')
  expect(colors({ ...LIGHT, '--fist-accent': '#781e5a' }, '#0b5fff').accent).toBe('#781e5a')
  const ofPage = { ...LIGHT, '--fist-accent-text': '#000000' }
  expect(colors(ofPage, '#0b5fff').accent).toBe(colors(ofPage, null).accent)
})

test('in the dark the color of the platform is a lighter one of the same hue', () => {
  const { accent, surface } = colors(DARK, '#0b5fff')
  expect(surface).toBe('#151a1b')
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16))
  expect(blue).toBeGreaterThan(green ?? 255)
  expect(green).toBeGreaterThan(red ?? 255)
  expect(contrastWithWhite(accent)).toBeLessThan(contrastWithWhite('#0b5fff') ?? 0)
})

test('a page that takes its own color back gets that of the platform again', () => {
  const { style } = document.createElement('div')
  applyTheme(style, { ...LIGHT, '--fist-accent': '#781e5a' }, '#0b5fff')
  applyTheme(style, LIGHT, '#0b5fff')
  expect(style.getPropertyValue('--fist-accent')).toContain('#0b5fff')
  applyTheme(style, LIGHT, null)
  expect(style.getPropertyValue('--fist-accent')).toBe('')
})

test('every color that a platform may have can be read, in light and in dark', () => {
  const steps = ['00', '33', '55', '77', '99', 'bb', 'ff']
  const all = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)))
  const allowed = all.filter((color) => AccentColor.safeParse(color).success)
  expect(allowed.length).toBeGreaterThan(100)
  for (const color of allowed) {
    for (const scheme of [LIGHT, DARK]) {
      const { accent, text, surface } = colors(scheme, color)
      const where = `${color} ${scheme['color-scheme']} ${accent}`
      expect(contrast(accent, surface), where).toBeGreaterThanOrEqual(4.5)
      expect(contrast(accent, text), where).toBeGreaterThanOrEqual(4.5)
      document.body.replaceChildren()
    }
  }
})
