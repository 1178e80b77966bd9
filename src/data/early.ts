/** The request that `app/early.ts` made before the app's scripts had arrived. */
declare global {
  // oxlint-disable-next-line no-var -- a global property is declared so
  var early: { url: string; response: Promise<Response> } | undefined
}

/** The answer to a request that is under way already, once; undefined without one. */
export function takeEarly(url: string): Promise<Response> | undefined {
  const { early } = globalThis
  if (early?.url !== url) return undefined
  globalThis.early = undefined
  return early.response
}
