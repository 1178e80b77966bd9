const SMALLEST_KEYBOARD = 120

/**
 * Keeps `--keyboard` at the height of the page that the on-screen keyboard hides. Chrome and Firefox resize the page
 * themselves (`interactive-widget` in index.html); Safari does not, and the keyboard would hide sticky bars.
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
