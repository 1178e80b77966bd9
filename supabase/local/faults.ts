/** For the log: what failed, and where in this folder. Without the message, which may repeat what a person sent. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const kind = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  const [place] = /[\w.-]+\.ts:\d+/u.exec(error.stack?.split('\n').slice(1).join('\n') ?? '') ?? []
  return place ? `${kind} (${place})` : kind
}
