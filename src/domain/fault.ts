/** A failed call. `code` has words in `i18n/es-MX/faults.json` or `refusals.json`; only `retryable` faults are retried. */
export class Fault extends Error {
  override readonly name = 'Fault'
  constructor(
    readonly code: string,
    readonly retryable: boolean,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}
