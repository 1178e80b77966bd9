/** Light or dark by choice instead of by the device, for a page that shows how both look. */

const rules = new Set<CSSMediaRule>()

/** Every rule for dark devices in the sheets of this page. Once found a rule is kept, because its condition is replaced. */
function darkRules(): ReadonlySet<CSSMediaRule> {
  for (const { cssRules } of document.styleSheets)
    for (const rule of cssRules)
      if (rule instanceof CSSMediaRule && rule.media.mediaText.includes('prefers-color-scheme: dark'))
        rules.add(rule)
  return rules
}

/** Shows this page as a light or a dark device does. */
export function showScheme(scheme: 'light' | 'dark'): void {
  for (const { media } of darkRules()) media.mediaText = scheme === 'dark' ? 'all' : 'not all'
  document.documentElement.style.colorScheme = scheme
}
