/** Whether these pages come from a development server: it has a clock that can be moved, and a bank of its own. */
export const isSandbox = (): boolean => document.querySelector('meta[name="fistworks-sandbox"]') !== null
