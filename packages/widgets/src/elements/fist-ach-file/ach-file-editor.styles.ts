import { css } from 'lit'

export const editorStyles = css`
  form {
    display: grid;
    gap: 1.5rem;
  }
  .batch {
    display: grid;
    gap: 1.25rem;
    min-width: 0;
    padding: 1.25rem;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.25);
  }
  .batch-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25rem 1rem;
  }
  .batch-head .button {
    margin-inline-end: -0.625rem;
  }
  .batch-fields {
    display: grid;
    gap: 1rem;
    grid-template-columns: repeat(auto-fit, minmax(min(10.5rem, 100%), 1fr));
  }
  .entry-list {
    display: grid;
    gap: 1rem;
  }
  .entries {
    display: grid;
    gap: 0.75rem;
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--_border);
  }
  .entry {
    display: grid;
    gap: 0.375rem 0.75rem;
    align-items: start;
    grid-template-columns: minmax(0, 2.2fr) minmax(7rem, 1fr) 7.5rem 11.5rem;
  }
  .entry .note {
    grid-column: 1 / -1;
    padding-block: 0.25rem 0.5rem;
  }
  .entry-tools {
    display: flex;
    align-self: start;
    justify-content: flex-end;
    padding-block-start: 1.9375rem;
    margin-inline-end: -0.625rem;
  }
  .amount input {
    text-align: end;
  }
  .advice {
    color: var(--_caution);
    font-size: 0.875em;
    font-weight: 500;
  }
  .bar {
    position: sticky;
    inset-block-end: 0;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
    margin: 0 -1.5rem -1.5rem;
    padding: 1rem 1.5rem;
    border-block-start: 1px solid var(--_border);
    border-radius: 0 0 calc(var(--_radius) * 1.5) calc(var(--_radius) * 1.5);
    background: var(--_surface);
  }
  .sum {
    font-size: 1.25em;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  @container (min-width: 46rem) {
    .batch-fields {
      grid-template-columns: 1.5fr 1.1fr 1fr 1fr;
    }
  }
  @container (min-width: 40.0625rem) {
    .entry:not(:first-child) > :not(.note) .label {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .entry:not(:first-child) .entry-tools {
      padding-block-start: 0.125rem;
    }
  }
  @container (max-width: 40rem) {
    .entry {
      grid-template-columns: 1fr 1fr;
      padding-block-end: 1rem;
      border-block-end: 1px solid var(--_border);
    }
    .entry:last-child {
      padding-block-end: 0;
      border: 0;
    }
    .entry > :first-child,
    .entry-tools {
      grid-column: 1 / -1;
    }
    .entry-tools {
      justify-content: flex-start;
      padding: 0;
      margin-inline-start: -0.625rem;
    }
    .bar {
      position: static;
    }
  }
  @container (max-width: 30rem) {
    .batch {
      padding: 1rem;
    }
    .bar {
      margin: 0 -1rem -1rem;
      padding: 1rem;
    }
  }
`
