import type { Problem } from '@/domain/problems'

/** Why a file cannot be used: a code with words (`problemText`). */
export class FileProblem extends Error {
  override name = 'FileProblem'
  constructor(
    readonly code: Problem,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}
