/** The export «Mis datos»: what the person sent and the answers to it (right of portability). */
import type { SubmissionRow } from '@/domain/rows'

/**
 * The export as JSON. It never contains the secret, because whoever has the file could then act as the author.
 * `besides`: what the kinds have of its author besides the submission; null says that nobody could be asked. `label` marks a campaign
 * that is no real one; null leaves the field out.
 */
export function ownDataDocument(
  row: SubmissionRow,
  besides: object | null,
  label: string | null,
  exportedAt: Date,
): string {
  const head = { format: 'convoca.submission', version: 1, ...(label !== null && { label }) }
  return JSON.stringify({ ...head, exported_at: exportedAt.toISOString(), submission: row, besides }, null, 2)
}

/** Downloads a file. */
export function downloadFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const anchor = Object.assign(document.createElement('a'), { href: address, download: name })
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000) // Safari reads the URL only after the click
}
