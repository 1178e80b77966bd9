import { isSafeLink } from '@/domain/formattedRuns'

/** The signs that would end a link in a text, as an address writes them. */
const encodeSigns = (address: string) =>
  address.replace(
    /[\s()<>[\]\\"]/gu,
    (sign) => `%${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0')}`,
  )

/** An address as a formatted text may hold it, or null when people may not be led there. */
export function safeLink(address: string): string | null {
  const href = encodeSigns(address.trim())
  return isSafeLink(href) ? href : null
}
