/** The requests that `app/early.ts` made before the app's scripts had arrived. */
export interface Early {
  response: Promise<Response>
  /** `performance.now()` at the request. */
  sentAt: number
}

declare global {
  // oxlint-disable-next-line no-var -- a global property is declared so
  var early: Record<string, Early> | undefined
}

/** The request to an address that is under way already, once; undefined without one. */
export function takeEarly(url: string): Early | undefined {
  const found = globalThis.early?.[url]
  delete globalThis.early?.[url]
  return found
}
