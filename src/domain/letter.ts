/** Letters, as their sender gets them. */

/** A letter of `take_mail`. */
export interface Letter {
  id: number
  /** Names the letter, the same in every attempt. */
  name: string
  /** The claim of this taking, for `begin_mail`. */
  lease: string
  to: string
  subject: string
  body: string
  /** This letter asks its reader to confirm the address. */
  asks: boolean
  /** The language of its words (BCP 47). */
  locale: string
  /** For the links to the page of the address; null in a letter that somebody asked for. */
  token: string | null
  from: { name: string; address: string } | null
}
