/** Parses `Range` (RFC 9110) as far as the storage API supports it: one range of bytes. */

export interface Span {
  start: number
  /** The last byte, inclusive. */
  end: number
}

/** The span to send. Null means everything: no range, or an unreadable one. «unsatisfiable» means 416. */
export function parseRange(header: string | null, size: number): Span | null | 'unsatisfiable' {
  if (header === null || !header.startsWith('bytes=')) return null
  if (header.includes(',')) return 'unsatisfiable'
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header.replaceAll(' ', '')) ?? []
  if (from === '' && to === '') return null
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null
  return start > end ? 'unsatisfiable' : { start, end }
}
