/** A failed call. `code` has a message in `i18n/es-MX`, faults.json or refusals.json. Only `retryable` is retried. */
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
