/**
 * How screens speak. People of public bodies are addressed as usted, everybody else as tú, and words that both see
 * address nobody. No screen shows English.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const folder = new URL('./es-MX/', import.meta.url)
const names = readdirSync(folder).map((name) => name.replace('.json', ''))
const wordsOf = (name: string) =>
  Object.entries(
    JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Record<string, string>,
  ).map(([key, words]) => `${name} ${key}: ${words}`)

const TU =
  /(?<!\p{L})(tú|te|tu|tus|ti|contigo|puedes|podrás|tienes|quieres|debes|verás|eres|estás|elige|escribe|toca|intenta|vuelve a|prueba con|enviaste|guardaste|escribiste)(?!\p{L})/iu
const USTED =
  /(?<!\p{L})(usted|ustedes|elija|escriba su|toque «|confírmelo|ábralo|ábrala|inténtelo|acéptelo|pruebe con|llame al)(?!\p{L})/iu
const ENGLISH =
  /(?<!\p{L})(the|and|loading|submit|cancel|click|login|password|please|your|upload|download|settings|offline|online|link|e-mail|feedback|reload|failed|draft|browser|default|bug|log|backup|wifi)(?!\p{L})/iu

/** What stands around every screen, and around the fields of every form. */
const SHARED = ['controls', 'frame', 'saving', 'shell', 'ui']
/** The screens of people who register for jornadas. What staff read of them speaks as the desk does. */
const OF_BODIES = ['jornadas', 'jornadasCard', 'jornadasSeat', 'jornadasStatus', 'jornadasSurvey']
/** Files of several readers. The refusals are judged one by one below. */
const MIXED = ['refusals', 'jornadasDoor', 'jornadasReschedule']

/** Refusals of a registration, which only people of public bodies see. */
const OF_REGISTRATIONS =
  /^(?:jornada_|post_|accessibility_|report|seat_unknown|offer_|body_unknown|body_ineligible|email_required|already_registered|survey_|answers_)/u
/** Refusals of every kind: people of public bodies and everybody else read the same words. */
const OF_EVERY_KIND =
  /^(?:convocatoria_|name_|email_invalid|consent_|notice_outdated|submission_|not_correctable|not_withdrawable|withdrawal_|code_|mail_link|malformed_op|unknown_kind|unsupported_version|text_unstorable|batch_)/u

/** What is asked of the reader, without accents: «revisa» is an order at the start of a clause, and a statement within one. */
const order = (verbs: string) =>
  new RegExp(`(?:^|[.:;] |, (?:o|y) | y | e )(?:${verbs})(?:l[oae]s?|me)?(?!\\p{L})`, 'iu')
const TU_ORDERS = order(
  'abre(?=l)|acorta|actualiza|borra|busca|cambia|copia|deja|elige|entra|envia|escribe|espera|intenta|invita|lee|mira|pide|prueba|recorta|recupera|revisa|usa|vuelve',
)
const USTED_ORDERS = order(
  'abra|acorte|actualice|borre|busque|cambie|copie|deje|elija|entre|envie|escriba|espere|intente|invite|lea|mire|pida|pruebe|recorte|recupere|revise|use|vuelva',
)
const withoutAccents = (words: string) => words.normalize('NFD').replaceAll(/\p{M}/gu, '')

const isHeard = (words: string, address: RegExp) => address.test(words) || address.test(withoutAccents(words))
const heard = (files: readonly string[], address: RegExp) =>
  files.flatMap(wordsOf).filter((words) => isHeard(words.slice(words.indexOf(': ') + 2), address))

describe('who is addressed', () => {
  test('the screens of jornadas never say tú', () => expect(heard(OF_BODIES, TU)).toEqual([]))

  test('no other screen of citizens or staff says usted', () => {
    const others = names.filter((name) => ![...OF_BODIES, ...MIXED, ...SHARED].includes(name))
    expect(heard(others, USTED)).toEqual([])
  })

  test.each([TU, USTED, TU_ORDERS, USTED_ORDERS])(
    'words around every screen and form address nobody: %s',
    (address) => expect(heard(SHARED, address)).toEqual([]),
  )
})

describe('refusals and faults', () => {
  const refusals = wordsOf('refusals').map((line) => line.replace('refusals ', ''))
  const faults = wordsOf('faults').map((line) => line.replace('faults ', ''))
  const shared = [...refusals.filter((line) => OF_EVERY_KIND.test(line)), ...faults]
  const speaking = (lines: readonly string[], ...addresses: RegExp[]) =>
    lines.filter((line) => addresses.some((address) => isHeard(line.slice(line.indexOf(': ') + 2), address)))

  test('those that every kind has, and the faults, address nobody', () =>
    expect(speaking(shared, TU, TU_ORDERS, USTED, USTED_ORDERS)).toEqual([]))

  test('those of a registration never say tú', () => {
    const own = refusals.filter((line) => OF_REGISTRATIONS.test(line))
    expect(own.length).toBeGreaterThan(15)
    expect(speaking(own, TU, TU_ORDERS)).toEqual([])
  })

  test('no other refusal says usted', () => {
    const others = refusals.filter((line) => !OF_REGISTRATIONS.test(line) && !OF_EVERY_KIND.test(line))
    expect(speaking(others, USTED, USTED_ORDERS)).toEqual([])
  })

  test('an order to somebody is told from a statement', () => {
    expect(speaking(['a: Revísalo, o pide otro.', 'b: Nada. Búscala.'], TU_ORDERS)).toHaveLength(2)
    expect(speaking(['a: Espere una hora.', 'b: El cargo es largo. Déjelo así.'], USTED_ORDERS)).toHaveLength(
      2,
    )
    expect(speaking(['a: Todavía no se revisa el archivo.'], TU_ORDERS, USTED_ORDERS)).toEqual([])
  })
})

test('no screen shows an English word, names in braces apart', () => {
  const plain = names.flatMap(wordsOf).map((words) => words.slice(words.indexOf(': ') + 2))
  expect(plain.filter((words) => ENGLISH.test(words.replaceAll(/\{\w+\}/gu, '')))).toEqual([])
})
