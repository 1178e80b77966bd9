/**
 * The headers that static hosts send, read from the file they read (`_headers`, as Netlify and Cloudflare
 * Pages have it), so that what is tried here is what is served there.
 */

interface Rule {
  pattern: RegExp
  headers: [string, string][]
}

/** Parses the file: a path pattern at the margin, its headers indented under it. */
export function parseHeaders(text: string): Rule[] {
  const rules: Rule[] = []
  for (const line of text.split('\n')) {
    if (!line.trim() || line.trimStart().startsWith('#')) continue
    const header = /^\s+([^:\s]+):\s*(.*)$/.exec(line)
    if (header) rules.at(-1)?.headers.push([header[1]!.toLowerCase(), header[2]!.trim()])
    else rules.push({ pattern: patternOf(line.trim()), headers: [] })
  }
  return rules
}

/** Every header whose pattern fits the path; a later rule wins over an earlier one. */
export const headersFor = (rules: Rule[], pathname: string): Record<string, string> =>
  Object.fromEntries(rules.filter(({ pattern }) => pattern.test(pathname)).flatMap(({ headers }) => headers))

const patternOf = (glob: string) =>
  new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`)
