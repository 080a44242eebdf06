declare module '*.css?inline' {
  export const css: string
  export { css as default }
}
