import { css } from 'lit'
import { tokens } from './tokens.ts'

const base = css`
  :host {
    display: block;
    color: var(--_text);
    font: 400 var(--_size) / 1.5 var(--_font);
    font-variant-numeric: tabular-nums;
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.25em;
    line-height: 1.3;
    font-weight: 650;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: 1em;
    line-height: 1.4;
    font-weight: 650;
  }
  .muted {
    color: var(--_muted);
  }
  .small {
    font-size: 0.875em;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 2.5rem;
  }
  .sum {
    font-size: 1.625em;
    line-height: 1.3;
    font-weight: 650;
    letter-spacing: -0.015em;
  }
  .strong {
    font-weight: 600;
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`

/** A whole element with its own surface, narrow or wide by its container and not by the window. */
export const frame = css`
  .frame {
    container-type: inline-size;
    background: var(--_surface);
    border: var(--fist-frame-border, 1px solid var(--_border));
    border-radius: calc(var(--_radius) * 1.5);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem 1rem;
    padding: 1.25rem 1.5rem;
  }
  .head .grow {
    flex: 1 1 12rem;
    min-width: 0;
  }
  .body {
    padding: 0 1.5rem 1.5rem;
  }
  @container (max-width: 30rem) {
    .head {
      padding: 1rem;
    }
    .body {
      padding: 0 1rem 1rem;
    }
  }
`

export const baseStyles = [tokens, base]
