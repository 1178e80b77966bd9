/** What a person types as a link, as an address that a formatted text may hold. */
import { isSafeLink } from '@/domain/formattedRuns'

const MAIL = /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/u
const PHONE = /^\+?[\d\s().-]{8,25}$/u
const PAGE = /^[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?::\d+)?(?:[/?#].*)?$/u

function addressOf(typed: string): string {
  if (MAIL.test(typed)) return `mailto:${typed}`
  if (PHONE.test(typed)) return `tel:${typed.replace(/[\s().-]/gu, '')}`
  return PAGE.test(typed) ? `https://${typed}` : typed
}

/** The signs that would end a link in the text, as an address writes them. */
const encodeSigns = (address: string) =>
  address.replace(
    /[\s()<>[\]\\"]/gu,
    (sign) => `%${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0')}`,
  )

/** The address, or null when it is none that people may be led to. */
export function typedLink(typed: string): string | null {
  const href = encodeSigns(addressOf(typed.trim()))
  return isSafeLink(href) ? href : null
}
