/** An address of a PNG in base64 that pages may show under our policy of contents. Revoke it when it is not shown any more. */
export const pngUrl = (base64: string): string =>
  URL.createObjectURL(
    new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: 'image/png' }),
  )
