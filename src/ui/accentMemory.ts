/**
 * The institution's colour from one load to the next. A page keeps the colours it began with, so nothing flashes
 * while somebody looks: a colour that is new to this phone is checked now and dresses the next load.
 */
const KEPT = 'convoca.accent'

/** Puts the remembered colour on the page. Call it before the first paint; the first visit has our own. */
export function restoreAccent(
  style: Pick<CSSStyleDeclaration, 'setProperty'> = document.documentElement.style,
): void {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Record<string, string>
    for (const [name, value] of Object.entries(kept)) style.setProperty(name, value)
  } catch {
    // a private window, or a text that is not ours
  }
}

/** Remembers `#rrggbb`, made readable, for the next load. What is no colour changes nothing. */
export async function rememberAccent(hex: string): Promise<void> {
  const { accentTokens } = await import('./accent')
  const tokens = accentTokens(hex)
  try {
    if (tokens) localStorage.setItem(KEPT, JSON.stringify(tokens))
  } catch {
    // a private window begins each time with our own
  }
}
