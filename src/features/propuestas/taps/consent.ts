/** The name and version of the words `taps.consent`. Other words are another version, also in SQL (`app.tap_consents`). */
export const CONSENT = 'ayuda-1'
