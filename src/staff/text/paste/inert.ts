/** Parses pasted HTML into a document that is never shown. */

/**
 * Styles are only read here and handlers never run, so both are kept as data. The content security policy would report
 * each of them, although this document is never shown.
 */
const asData = (html: string): string =>
  html
    .replace(/<style\b[^>]*>.*?<\/style\s*>/gisu, '')
    .replace(/<[a-z][^>]*>/giu, (tag) => tag.replace(/[\s/](style|on[a-z]+)(?=\s*=)/giu, ' data-$1'))

/**
 * Admits any HTML, because it is parsed into a document that is never shown. Undefined in a browser without Trusted
 * Types.
 */
const policy = window.trustedTypes?.createPolicy('convoca-paste', { createHTML: (html) => html })

/** The body of a document that runs no script and fetches nothing. */
export function parseInert(html: string): HTMLElement {
  const data = asData(html)
  const trusted = (policy?.createHTML(data) as string | undefined) ?? data // the parser's type knows strings only
  return new DOMParser().parseFromString(trusted, 'text/html').body
}
