import { css } from 'lit'

export const fieldStyles = css`
  .field {
    display: grid;
    align-content: start;
    gap: 0.3125rem;
    min-width: 0;
  }
  .label {
    font-weight: 550;
  }
  .optional {
    font-weight: 400;
    color: var(--_muted);
  }
  .hint {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .wrong-text {
    color: var(--_critical);
    font-size: 0.875em;
    font-weight: 500;
  }
  .input {
    width: 100%;
    min-width: 0;
    min-height: 2.5rem;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    /* What has the focus is not hidden behind a bar that sticks to the edge. */
    scroll-margin-block: 6rem;
    font-variant-numeric: tabular-nums;
  }
  .input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .input:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 0;
    border-color: var(--_accent);
  }
  .input[aria-invalid='true'] {
    border-color: var(--_critical);
    box-shadow: inset 0 0 0 1px var(--_critical);
  }
  .input:disabled {
    background: var(--_sunken);
    color: var(--_muted);
    border-color: var(--_border);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .choice {
    display: flex;
    flex: 1 1 8rem;
    align-items: center;
    gap: 0.625rem;
    min-height: 2.5rem;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .choice input {
    accent-color: var(--_accent);
    width: 1rem;
    height: 1rem;
    margin: 0;
  }
  .choice:has(:checked) {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent), transparent 92%);
  }
`
