import { css } from 'lit'

export const formStyles = css`
  form {
    display: grid;
    gap: 1.25rem;
    max-width: 44rem;
  }
  form > .card {
    margin: 0;
  }
  form > .actions {
    margin-block-start: 0.25rem;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
    gap: 1rem 1.25rem;
    margin-block-start: 1rem;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .field {
    display: grid;
    align-content: start;
    gap: 0.3rem;
    min-width: 0;
  }
  label,
  .label {
    font-weight: 550;
  }
  .hint {
    color: var(--portal-muted);
    font-size: 0.875em;
  }
  .wrong {
    color: var(--portal-critical);
    font-size: 0.875em;
    font-weight: 500;
  }
  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    width: 100%;
    min-width: 0;
    min-height: 2.5rem;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--portal-border-strong);
    border-radius: 0.5rem;
    background: var(--portal-card);
    color: var(--portal-text);
    font: inherit;
    font-variant-numeric: tabular-nums;
  }
  textarea {
    min-height: 7rem;
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 0.85em;
  }
  :is(input, select, textarea)[aria-invalid='true'][aria-invalid='true'] {
    border-color: var(--portal-critical);
    box-shadow: inset 0 0 0 1px var(--portal-critical);
  }
  .check {
    display: flex;
    gap: 0.6rem;
    align-items: start;
    font-weight: 400;
  }
  .check input {
    width: 1.1rem;
    height: 1.1rem;
    margin: 0.2rem 0 0;
    accent-color: var(--portal-accent);
    flex: none;
  }
`
