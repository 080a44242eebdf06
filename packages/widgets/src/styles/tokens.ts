import { css } from 'lit'

/**
 * The look in one place. Hosts set the `--fist-*` custom properties on any element around ours:
 *
 * | property | what | default |
 * |---|---|---|
 * | `--fist-accent` | buttons, links, focus | deep green |
 * | `--fist-accent-text` | text on the accent | white, or near black in the dark |
 * | `--fist-text`, `--fist-text-muted` | text | |
 * | `--fist-surface`, `--fist-surface-sunken` | background, quiet background | |
 * | `--fist-border`, `--fist-border-strong` | lines, edges of inputs | |
 * | `--fist-positive`, `--fist-caution`, `--fist-critical` | states | |
 * | `--fist-font-family`, `--fist-font-size` | type | the system's, 0.9375rem |
 * | `--fist-radius` | corners | 0.5rem |
 * | `--fist-frame-border` | edge around a whole element | one hairline |
 *
 * Light or dark follows the `color-scheme` of the page, or of any element around ours.
 */
export const tokens = css`
  :host {
    --_accent: var(--fist-accent, light-dark(#0b6557, #62cfb8));
    --_accent-text: var(--fist-accent-text, light-dark(#ffffff, #04211b));
    --_text: var(--fist-text, light-dark(#14201e, #e8eeec));
    --_muted: var(--fist-text-muted, light-dark(#566361, #a2b0ad));
    --_surface: var(--fist-surface, light-dark(#ffffff, #151a1b));
    --_sunken: var(--fist-surface-sunken, light-dark(#f5f7f6, #1c2324));
    --_border: var(--fist-border, light-dark(#dfe5e3, #2d3637));
    --_border-strong: var(--fist-border-strong, light-dark(#7d8b88, #75837f));
    --_positive: var(--fist-positive, light-dark(#17663a, #7bd39c));
    --_caution: var(--fist-caution, light-dark(#7d4e00, #f0bf6b));
    --_critical: var(--fist-critical, light-dark(#ab2318, #ff9d92));
    --_font: var(--fist-font-family, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    --_size: var(--fist-font-size, 0.9375rem);
    --_radius: var(--fist-radius, 0.5rem);
  }
`
