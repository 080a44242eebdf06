import { css } from 'lit'

export const templateEditorStyles = css`
  form {
    max-width: none;
  }
  .card > .bar {
    margin: 0;
  }
  .bar .button {
    margin-inline-end: -0.5rem;
  }
  .entries {
    display: grid;
    gap: 1rem;
    margin-block: 1.25rem 1rem;
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--portal-border);
  }
  .entry {
    display: grid;
    gap: 0.5rem 0.75rem;
    align-items: start;
    grid-template-columns: minmax(0, 2fr) minmax(6.5rem, 1fr) 7rem minmax(0, 1.6fr) auto;
  }
  .entry > .button {
    margin-block-start: 1.8rem;
  }
  @media (max-width: 60rem) {
    .entry {
      grid-template-columns: 1fr 1fr;
      padding-block-end: 1rem;
      border-block-end: 1px solid var(--portal-border);
    }
    .entry > fist-recipient-picker,
    .entry > .field:nth-of-type(3),
    .entry > .button {
      grid-column: 1 / -1;
    }
    .entry > .button {
      justify-self: start;
      margin: 0 0 0 -0.5rem;
    }
  }
`
