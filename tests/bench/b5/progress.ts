/**
 * Measures the bytes that the link carried twice. Every request with bytes of the file states its start offset;
 * bytes that passed since the previous request without advancing that offset were wasted.
 */
import type { Route } from '../support/front'
import type { Link } from '../support/link'

const RESUMABLE = '/storage/v1/upload/resumable'

export class Progress {
  /** Bytes that the server certainly had when the last request began. */
  reached = 0
  /** The most bytes wasted between two requests. */
  wastedMost = 0
  private passed = 0
  /** Set before the upload begins. */
  link: Link | null = null

  /** Observes requests and answers none. A POST begins at byte 0 and may carry the first bytes. */
  readonly watch: Route = ({ method, url, headers }) => {
    if (url?.startsWith(RESUMABLE) && (method === 'POST' || method === 'PATCH'))
      this.note(Number(headers['upload-offset'] ?? 0))
    return false
  }

  /** Call when the upload begins; the link's counter is at 0. */
  begin(): void {
    Object.assign(this, { reached: 0, wastedMost: 0, passed: 0 })
  }

  note(offset: number): void {
    const { up } = this.link!.passed
    this.wastedMost = Math.max(this.wastedMost, up - this.passed - (offset - this.reached))
    this.passed = up
    this.reached = offset
  }
}
