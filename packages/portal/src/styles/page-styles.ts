import { css } from 'lit'

/** What every page of the portal is made of; colours come from portal.css. */
export const pageStyles = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
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
    font-size: 1.125rem;
    line-height: 1.35;
    font-weight: 650;
  }
  h3 {
    font-size: 1rem;
    font-weight: 650;
  }
  a {
    color: var(--portal-accent);
    text-underline-offset: 0.2em;
  }
  :focus-visible {
    outline: 2px solid var(--portal-accent);
    outline-offset: 2px;
    border-radius: 0.25rem;
  }
  .muted,
  small {
    color: var(--portal-muted);
  }
  small {
    display: block;
    font-size: 0.875em;
  }
  .card {
    background: var(--portal-card);
    border: 1px solid var(--portal-border);
    border-radius: 0.75rem;
    padding: 1.25rem 1.5rem;
    margin-block-end: 1.25rem;
  }
  :where(.card:not(.stack)) > h2 {
    margin-block-end: 0.75rem;
  }
  .stack {
    display: grid;
    gap: 1rem;
    min-width: 0;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: center;
    justify-content: space-between;
    margin-block-end: 1rem;
  }
  .code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-height: 2.5rem;
    padding: 0.375rem 1rem;
    border: 1px solid var(--portal-border-strong);
    border-radius: 0.5rem;
    background: var(--portal-card);
    color: var(--portal-text);
    font: inherit;
    font-weight: 550;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover:not(:disabled, [aria-disabled='true']) {
    border-color: var(--portal-accent);
  }
  .button.primary {
    background: var(--portal-accent);
    border-color: var(--portal-accent);
    color: var(--portal-accent-text);
  }
  .button[aria-pressed='true'] {
    border-color: var(--portal-accent);
    box-shadow: inset 0 0 0 1px var(--portal-accent);
    color: var(--portal-accent);
  }
  .button.danger {
    border-color: currentColor;
    color: var(--portal-critical);
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    color: var(--portal-accent);
    padding-inline: 0.5rem;
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    align-items: center;
  }
  .notice {
    --tone: var(--portal-muted);
    padding: 0.875rem 1rem;
    border-radius: 0.5rem;
    border-inline-start: 3px solid var(--tone);
    background: color-mix(in oklab, var(--tone), var(--portal-card) 92%);
    overflow-wrap: anywhere;
  }
  .notice h2,
  .notice h3 {
    color: var(--tone);
  }
  .critical {
    --tone: var(--portal-critical);
  }
  .caution {
    --tone: var(--portal-caution);
  }
  .positive {
    --tone: var(--portal-positive);
  }
  .notice + .card {
    margin-block-start: 1.25rem;
  }
  .alone {
    max-width: 30rem;
    margin: 4rem auto;
    padding: 1rem;
  }
  .empty {
    text-align: center;
    padding: 2.5rem 1rem;
  }
  .empty p {
    color: var(--portal-muted);
    max-width: 30rem;
    margin: 0.5rem auto 1.25rem;
  }
  @media (max-width: 40rem) {
    .card {
      padding: 1rem;
    }
  }
  @media (forced-colors: active) {
    .notice {
      border: 1px solid;
    }
  }
`
