const SMALLEST_KEYBOARD = 120

/**
 * Keeps `--keyboard` at the height of what the on-screen keyboard hides, for as long as the page lives. Chrome and
 * Firefox resize the page themselves (`interactive-widget` in index.html); Safari does not, and sticky bars would
 * be hidden.
 */
export function followKeyboard(viewport = window.visualViewport): void {
  if (!viewport) return
  const measure = () => {
    const hidden = viewport.scale > 1 ? 0 : window.innerHeight - viewport.height - viewport.offsetTop
    const inset = hidden > SMALLEST_KEYBOARD ? `${Math.round(hidden)}px` : '0px'
    document.documentElement.style.setProperty('--keyboard', inset)
  }
  viewport.addEventListener('resize', measure)
  viewport.addEventListener('scroll', measure)
}
