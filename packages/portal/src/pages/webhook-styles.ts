import { css } from 'lit'

/** Tables with long addresses, several words in a cell and several things to do. */
export const webhookStyles = css`
  .url {
    overflow-wrap: anywhere;
  }
  portal-webhook-deliveries {
    display: block;
    margin-block-start: 1rem;
  }
  @media (max-width: 44rem) {
    td.end {
      flex-wrap: wrap;
      justify-content: start;
      gap: 0 0.5rem;
    }
    .several {
      display: grid;
      justify-items: end;
      gap: 0.15rem;
    }
  }
`
