/** The addresses from which a calendar program reads days of its own accord (the function `calendar`). */
import { toHex } from '@/domain/hex'
import { SUPABASE_URL } from './config'

const addressOf = (query: Record<string, string>) =>
  `${SUPABASE_URL}/functions/v1/calendar?${new URLSearchParams(query)}`

/** The public address of the days of a campaign. */
export const campaignCalendar = (slug: string): string => addressOf({ campaign: slug })

/** The address of the days of one registration: whoever has it reads them. */
export const ownCalendar = (key: string): string => addressOf({ key })

/** The same address as programs for calendars take it. */
export const asWebcal = (address: string): string => address.replace(/^https?:/u, 'webcal:')

export const newNonce = (): string => toHex(crypto.getRandomValues(new Uint8Array(16)))

/** The key of an address, from the private link's secret: each phone with the link makes the same, and the server cannot. */
export async function calendarKey(secret: string, nonce: string): Promise<string> {
  const text = new TextEncoder().encode(`calendar.${nonce}.${secret}`)
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', text)).slice(0, 16))
}
