/** An audit action in words: `achFile.approvalRequested` → `ACH file approval requested`. */
export function actionWords(action: string): string {
  const words = action
    .split('.')
    .join(' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/^Ach /, 'ACH ')
}
