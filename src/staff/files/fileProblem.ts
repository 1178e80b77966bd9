import type { Problem } from '@/domain/problems'

/** Why a file cannot be used: a code with words (`problemText`), and where in the file and what, in words. */
export class FileProblem extends Error {
  override name = 'FileProblem'
  readonly detail: string
  constructor(
    readonly code: Problem,
    options?: ErrorOptions & { detail?: string },
  ) {
    super(code, options)
    this.detail = options?.detail ?? ''
  }
}
