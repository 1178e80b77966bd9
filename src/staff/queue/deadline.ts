/** How long staff have to answer, in days of central Mexico. */

const ZONE = 'America/Mexico_City'
const DAY_MS = 86_400_000

/** The calendar day of an instant or of a plain day `YYYY-MM-DD`, in central Mexico, as days since 1970. */
function dayNumber(at: string | Date): number {
  const plain = typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(at)
  const day = plain ? at : new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(new Date(at))
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS)
}

/** Calendar days from `now` to the day of answer: 0 today, negative when it has passed. */
export const daysLeft = (answerBy: string, now: Date): number => dayNumber(answerBy) - dayNumber(now)
