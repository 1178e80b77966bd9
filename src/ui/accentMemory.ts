/**
 * Remembers the institution's colour for the next load. A page never changes its colours after its first paint. A
 * colour that is new to this phone is stored and used from the next load on.
 */
const STORAGE_KEY = 'convoca.accent'

/** Applies the remembered colour. Call it before the first paint. A first visit has the style sheet's colours. */
export function restoreAccent(
  style: Pick<CSSStyleDeclaration, 'setProperty'> = document.documentElement.style,
): void {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Record<string, string>
    for (const [name, value] of Object.entries(stored)) style.setProperty(name, value)
  } catch {
    // storage is not available, or has another text under this key
  }
}

/** Stores `#rrggbb`, made readable, for the next load. Ignores a text that is not a colour. */
export async function rememberAccent(hex: string): Promise<void> {
  const { accentTokens } = await import('./accent')
  const tokens = accentTokens(hex)
  try {
    if (tokens) localStorage.setItem(STORAGE_KEY, JSON.stringify(tokens))
  } catch {
    // storage is not available: the next load has the style sheet's colours
  }
}
