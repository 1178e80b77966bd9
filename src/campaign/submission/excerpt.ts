/** The start of a text as one line, cut between words; counts code points, so no emoji is halved. */
export function excerpt(text: string, length = 80): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  const points = [...line]
  if (points.length <= length) return line
  const cut = points.slice(0, length).join('')
  const space = cut.lastIndexOf(' ')
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`
}
