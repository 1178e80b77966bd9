/** A failed call. `code` is an i18n key (`fault.<code>`); only `retryable` faults are tried again. */
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
