/** «Mis datos»: what the person sent and what was answered, to keep or to take elsewhere (portability). */
import type { SubmissionRow } from '@/domain/rows'

/** A JSON document for people and machines. The secret is a key, not a datum: it never goes into a file. */
export function ownDataDocument(row: SubmissionRow, exportedAt: Date): string {
  return JSON.stringify(
    { format: 'convoca.submission', version: 1, exported_at: exportedAt.toISOString(), submission: row },
    null,
    2,
  )
}

/** Offers a file to keep. */
export function downloadFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const anchor = Object.assign(document.createElement('a'), { href: address, download: name })
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000) // Safari reads it after the click
}
