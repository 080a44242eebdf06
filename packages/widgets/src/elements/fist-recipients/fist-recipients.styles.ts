import { css } from 'lit'

export const recipientsStyles = css`
  .row {
    grid-template-columns: minmax(8rem, 1.4fr) minmax(8rem, 1fr) minmax(7rem, 0.8fr) 9.5rem;
  }
  .row-actions {
    display: flex;
    justify-content: flex-end;
    gap: 0.25rem;
    margin-inline-end: -0.625rem;
  }
  .search {
    padding: 0 1.5rem 1.25rem;
  }
  .search .input {
    max-width: 24rem;
  }
  @container (max-width: 40rem) {
    .row {
      grid-template-columns: 1fr auto;
      row-gap: 0;
    }
    .row .routing {
      display: none;
    }
    .row .account {
      grid-column: 1;
    }
    .row .row-actions {
      grid-area: 1 / 2 / span 2;
    }
    .search {
      padding: 0 1rem 1rem;
    }
    .search .input {
      max-width: none;
    }
  }
  @container (max-width: 26rem) {
    .row .row-actions {
      flex-direction: column;
      align-items: flex-end;
    }
  }
`
