import { css } from 'lit'

export const formStyles = css`
  .body {
    padding-block-start: 0;
  }
  form,
  .numbers {
    display: grid;
    gap: 1.25rem;
  }
  .pair {
    display: grid;
    gap: 1.25rem 1rem;
    grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
  }
  fieldset {
    min-width: 0;
  }
  legend {
    margin-block-end: 0.3125rem;
    font-weight: 550;
  }
  details > div {
    padding-block-start: 1rem;
  }
  summary {
    width: fit-content;
    border-radius: var(--_radius);
    color: var(--_accent);
    font-weight: 550;
    cursor: pointer;
  }
  .current {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    padding: 0.75rem 1rem;
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
`
