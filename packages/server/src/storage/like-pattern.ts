/** Finds the text anywhere, for `LIKE … ESCAPE '\\'`: characters that LIKE gives a meaning are looked for as themselves. */
export const likePattern = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
