/** What a constancia says, as it is signed (docs/constancia.md). Reading it proves nothing; verifying does. */
import { fromBase64url } from './base64url.ts'

export interface Constancia {
  keyId: string
  /** The folio on the paper. */
  serial: string
  /** Its place in the list of those that ended. */
  number: number
  issuedOn: string // YYYY-MM-DD, as are the days
  name: string
  /** Of an attendance; of a recognition there are none. */
  days: string[]
  minutes: number
  /** What somebody is recognised for, and where it was spread; '' and none of an attendance. */
  work: string
  links: string[]
  event: string
  issuer: string
  /** Marks a text of a demonstration; '' otherwise. */
  label: string
}

/** The first line of the signed text, so that no signature of another kind of text serves for it: of an attendance, of a recognition. */
const TAGS = ['convoca:constancia:1', 'convoca:constancia:2']
const DAY = /^\d{4}-\d\d-\d\d$/u

/** What the code of a constancia says; null when it is none. */
export function readConstancia(code: string): Constancia | null {
  const bytes = fromBase64url(code.split('.')[0]!)
  return bytes && constanciaIn(bytes)
}

/** What these signed bytes say; null when they are no constancia. */
export function constanciaIn(bytes: Uint8Array): Constancia | null {
  const lines = linesIn(bytes)
  const kind = TAGS.indexOf(lines?.[0] ?? '')
  if (!lines || kind < 0 || lines.length !== 11 + kind || (kind && lines[5] !== 'reconocimiento')) return null
  const [, keyId, serial, number, issuedOn] = lines
  const [name, dates, minutes, event, issuer, label] = kind
    ? [lines[6], '', '0', ...lines.slice(9)]
    : lines.slice(5)
  const days = kind ? [] : dates!.split(' ')
  if (!/^[0-9A-HJKMNP-TV-Z]{10}$/u.test(serial!) || !/^[1-9]\d{0,9}$/u.test(number!)) return null
  if (![issuedOn!, ...days].every((day) => DAY.test(day)) || !/^\d{1,6}$/u.test(minutes!)) return null
  return {
    keyId: keyId!,
    serial: serial!,
    number: Number(number),
    issuedOn: issuedOn!,
    name: name!,
    days,
    minutes: Number(minutes),
    work: kind ? lines[7]! : '',
    links: kind ? lines[8]!.split(' ') : [],
    event: event!,
    issuer: issuer!,
    label: label!,
  }
}

function linesIn(bytes: Uint8Array): string[] | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split('\n')
  } catch {
    return null
  }
}

/** «4 h 30 min»; '' for none. */
export const durationOf = (minutes: number): string =>
  [
    [Math.floor(minutes / 60), 'h'],
    [minutes % 60, 'min'],
  ]
    .filter(([amount]) => amount)
    .map((part) => part.join(' '))
    .join(' ')
