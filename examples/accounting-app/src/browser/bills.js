// Shows what the chosen bills come to.

const chosen = document.querySelector('#chosen')
const pay = /** @type {HTMLButtonElement | null} */ (document.querySelector('#pay'))
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

function showChosen() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = document.querySelectorAll('input[name=bill]:checked')
  const cents = [...boxes].reduce((sum, box) => sum + Number(box.dataset.cents), 0)
  if (pay) pay.disabled = boxes.length === 0
  if (!chosen) return
  chosen.textContent =
    boxes.length === 0
      ? 'Choose the bills to pay.'
      : `${boxes.length} ${boxes.length === 1 ? 'bill' : 'bills'}, ${dollars.format(cents / 100)}`
}

document.addEventListener('change', showChosen)
showChosen()
