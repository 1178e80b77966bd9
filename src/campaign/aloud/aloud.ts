/** What a page asks, and the voice of this phone that reads it. Both work without signal. */

/** Spanish as it is spoken here, or in its neighbourhood. */
const IS_OURS = /^es[-_](MX|US|419)\b/iu

/**
 * The voice that reads; null when this phone has none. Only one of the phone itself: any other sends what it reads to whoever
 * makes the browser.
 */
export function voiceIn(voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice | null {
  const own = voices.filter(({ lang, localService }) => localService && IS_OURS.test(lang))
  return own.find(({ lang }) => /MX/iu.test(lang)) ?? own[0] ?? null
}

const READ = 'h1, h2, legend, label, p, li, summary'
/** How far the form is, what it saved, what only a screen reader hears, and what is folded. */
const PASSED_OVER =
  '.step-head, [role=status], [aria-hidden=true], .visually-hidden, dialog, details:not([open]) > :not(summary)'

/** The texts of a page in the order in which they stand, each once. */
export function textsOf(page: Element): string[] {
  const elements = [...page.querySelectorAll(READ)].filter(
    (element) => !element.closest(PASSED_OVER) && !element.parentElement?.closest('label, legend, p, li'),
  )
  return elements.map(({ textContent }) => textContent.replace(/\s+/gu, ' ').trim()).filter(Boolean)
}
