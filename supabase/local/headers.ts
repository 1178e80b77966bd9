/**
 * Reads `_headers`, the file by which Netlify and Cloudflare Pages set headers, so that the app gets the same headers
 * here as there.
 */

interface Rule {
  pattern: RegExp
  headers: [string, string][]
}

/** Parses the file: each path pattern, and its headers indented below it. */
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

/** The headers of every pattern that matches the path. Later rules override earlier ones. */
export const headersFor = (rules: Rule[], pathname: string): Record<string, string> =>
  Object.fromEntries(rules.filter(({ pattern }) => pattern.test(pathname)).flatMap(({ headers }) => headers))

const patternOf = (glob: string) =>
  new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`)
