/**
 * What the link carried twice. Every request that brings bytes of the file says at which byte it begins; what
 * passed the link since the one before, and did not move that beginning on, was for nothing.
 */
import type { Route } from '../support/front'
import type { Link } from '../support/link'

const RESUMABLE = '/storage/v1/upload/resumable'

export class Progress {
  /** Bytes that the server surely had when the last request began. */
  reached = 0
  /** The most that was for nothing between two requests. */
  wastedMost = 0
  private passed = 0
  /** Set before the upload begins. */
  link: Link | null = null

  /** Looks on; answers nothing. A POST begins at byte 0 and may bring the first bytes itself. */
  readonly watch: Route = ({ method, url, headers }) => {
    if (url?.startsWith(RESUMABLE) && (method === 'POST' || method === 'PATCH'))
      this.note(Number(headers['upload-offset'] ?? 0))
    return false
  }

  /** The upload begins now; the link's count is at 0. */
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
