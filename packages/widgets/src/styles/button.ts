import { css } from 'lit'

export const buttonStyles = css`
  button {
    font: inherit;
    color: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 2.5rem;
    padding: 0.375rem 1rem;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_surface);
    font-weight: 550;
    line-height: 1.25;
    cursor: pointer;
    transition: background-color 120ms;
  }
  .button:hover {
    background: var(--_sunken);
  }
  .button.primary {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_accent-text);
  }
  .button.primary:hover {
    background: color-mix(in oklab, var(--_accent), var(--_text) 14%);
  }
  .button.danger {
    color: var(--_critical);
    border-color: currentColor;
  }
  .button.quiet {
    min-height: 2.25rem;
    padding: 0.25rem 0.625rem;
    border-color: transparent;
    background: transparent;
    font-weight: 500;
    color: var(--_accent);
  }
  .button.quiet:hover {
    background: color-mix(in oklab, var(--_accent), transparent 90%);
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    cursor: default;
    opacity: 0.55;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.625rem;
  }
  @media (prefers-reduced-motion: reduce) {
    .button {
      transition: none;
    }
  }
`
