const unsafe = new Set(['unsafeHTML', 'unsafeSVG', 'unsafeMathML', 'unsafeStatic', 'styleMap'])
const sinks = new Set(['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe'])
const templates = new Set(['html', 'svg'])

/** Markup from values is script injection; inline styles break the strict content security policy of host pages. */
export const noUnsafeMarkup = {
  create(context) {
    return {
      ImportSpecifier(node) {
        if (unsafe.has(node.imported.name)) context.report({ node, message: `${node.imported.name} is not used here.` })
      },
      MemberExpression(node) {
        if (!node.computed && sinks.has(node.property.name))
          context.report({ node, message: `${node.property.name} makes markup of a value; render a template instead.` })
      },
      TaggedTemplateExpression(node) {
        if (node.tag.type !== 'Identifier' || !templates.has(node.tag.name)) return
        const styled = node.quasi.quasis.find((part) => /\sstyle\s*=/.test(part.value.raw))
        if (styled) context.report({ node: styled, message: 'style= breaks strict policies; use a class or a part.' })
      },
    }
  },
}
