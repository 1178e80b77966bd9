/** The text of a letter as HTML: the same words, with links that can be tapped. It loads nothing and counts no reader. */

const escapeHtml = (text: string) => text.replace(/[&<>"']/gu, (sign) => `&#${sign.codePointAt(0)};`)

/** Text with its addresses as links. Text after an address that ends a sentence stays outside. */
function linked(text: string): string {
  let html = ''
  let from = 0
  for (const { 0: found, index } of text.matchAll(/https?:\/\/\S+/gu)) {
    const address = found.replace(/[.,;:!?)»"'<>]+$/u, '')
    html += `${escapeHtml(text.slice(from, index))}<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>`
    from = index + address.length
  }
  return html + escapeHtml(text.slice(from))
}

/**
 * A whole document. Paragraphs are separated by empty lines, as in the text. It names no colours, so that a mail program in
 * dark mode chooses both.
 */
export function htmlOf(body: string, title: string, locale: string): string {
  const paragraphs = body.split(/\n{2,}/u).map((part) => `<p>${linked(part).replaceAll('\n', '<br>\n')}</p>`)
  return `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
</head>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 38em; margin: 0 auto; padding: 1em; overflow-wrap: anywhere">
${paragraphs.join('\n')}
</body>
</html>
`
}
