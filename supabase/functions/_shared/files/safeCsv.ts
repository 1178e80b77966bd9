/** Tables as CSV files that spreadsheets open and calculate nothing of. */

/**
 * A spreadsheet calculates texts that begin so; an apostrophe in front keeps them texts. In other languages it parts cells at
 * semicolons, and then a quote in the middle of its cell is only a letter: what stands behind a semicolon or on a new line begins a
 * cell too.
 */
const harmless = (text: string) => text.replace(/(^|[;\t\r\n])(?=["'\s]*[=+\-@＝＋－＠])/gu, "$1'")
/** Also what would begin a note. */
const quoted = (text: string) => (/^#|[",;\t\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** UTF-8 with a byte order mark, without which Excel reads another encoding. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(harmless).map(quoted).join(',')).join('\r\n')}\r\n`
