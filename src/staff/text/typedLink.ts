/** What a person types as a link, as an address that a formatted text may hold. */
import { safeLink } from './paste/safeLink'

const MAIL = /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/u
const PHONE = /^\+?[\d\s().-]{8,25}$/u
const PAGE = /^[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?::\d+)?(?:[/?#].*)?$/u

function addressOf(typed: string): string {
  if (MAIL.test(typed)) return `mailto:${typed}`
  if (PHONE.test(typed)) return `tel:${typed.replace(/[\s().-]/gu, '')}`
  return PAGE.test(typed) ? `https://${typed}` : typed
}

/** The address, or null when it is none that people may be led to. */
export const typedLink = (typed: string): string | null => safeLink(addressOf(typed.trim()))
