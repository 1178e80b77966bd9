/** What a check says of a file. */
export interface Verdict {
  /** The type that the bytes show; null for none that is accepted. */
  mime: string | null
  /** A code of `app.file_refusals()`; null for a file that may be published. */
  refusal: string | null
  facts: Record<string, number>
}

export const refused = (refusal: string, mime: string | null = null): Verdict => ({
  mime,
  refusal,
  facts: {},
})
