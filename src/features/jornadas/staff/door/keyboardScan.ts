/**
 * What a scanner that acts as a keyboard types. It presses keys of one layout, and the computer reads them in another: with
 * a scanner for the United States on a Spanish or Latin American keyboard `:` becomes `Ñ` (`ñ` with capitals locked), `-`
 * becomes `'`, `_` becomes `?` and `/` becomes `-`; with a Spanish scanner on a keyboard of the United States `-` becomes
 * `/` and `:` becomes `>`. Letters and digits stay. A dead key joins the next letter and is taken off it. Scanners may
 * put the kind of code in front (`]Q1`, ISO/IEC 15424) and Enter or a tab behind.
 */
import { readable } from '@/domain/arrivedText'

/** Keys that are letters in one layout and a sign in the other. */
const SIGN_KEYS = /[ñçºª]/giu

/** In capitals, with every sign as one that is no letter and no digit. */
export const scanned = (text: string): string =>
  readable(text.trim().normalize('NFC').replace(SIGN_KEYS, ':'))
    .toUpperCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')

/** Whether the text is a pass that is being typed, as far as it is there. */
export const beginsPass = (text: string): boolean => /^(?:[^A-Z0-9]Q\d)?CONVOCA[^A-Z0-9]/u.test(scanned(text))
