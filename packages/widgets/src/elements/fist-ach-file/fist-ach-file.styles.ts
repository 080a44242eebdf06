import { css } from 'lit'

export const achFileStyles = css`
  .content,
  .stack {
    display: grid;
    gap: 1.5rem;
  }
  .batch-line {
    padding-block-end: 0.625rem;
  }
  .row {
    grid-template-columns: minmax(0, 2fr) minmax(6rem, 1fr) minmax(6rem, 1fr);
    padding-inline: 0.75rem;
  }
  .rows {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: clip;
  }
  .history {
    display: grid;
    gap: 0.375rem;
    padding-block-start: 0.5rem;
  }
  .history li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1rem;
    overflow-wrap: anywhere;
  }
  .hash {
    padding-block-start: 0.5rem;
    overflow-wrap: anywhere;
  }
  fist-submission {
    --fist-frame-border: 0;
    margin: 0 -1.5rem;
    border-block: 1px solid var(--_border);
  }
  @container (max-width: 40rem) {
    .row {
      grid-template-columns: 1fr auto;
    }
    .row .account {
      grid-area: 2 / 1;
    }
  }
  @container (max-width: 30rem) {
    fist-submission {
      margin: 0 -1rem;
    }
  }
`
