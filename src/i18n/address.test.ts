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

/** What forms of every kind show around their fields. */
const SHARED = ['controls', 'saving', 'ui']
/** The screens of people who register for jornadas. What staff read of them speaks as the desk does. */
const OF_BODIES = ['jornadas', 'jornadasCard', 'jornadasStatus']
/** The database's refusals are shared by all kinds: those of a registration say usted. */
const MIXED = ['refusals', 'jornadasDoor', 'jornadasReschedule']

const heard = (files: readonly string[], address: RegExp) =>
  files.flatMap(wordsOf).filter((words) => address.test(words.slice(words.indexOf(': ') + 2)))

describe('who is addressed', () => {
  test('the screens of jornadas never say tú', () => expect(heard(OF_BODIES, TU)).toEqual([]))

  test('no other screen of citizens or staff says usted', () => {
    const others = names.filter((name) => ![...OF_BODIES, ...MIXED, ...SHARED].includes(name))
    expect(heard(others, USTED)).toEqual([])
  })

  test('words around the fields of every form address nobody', () => {
    expect(heard(SHARED, TU)).toEqual([])
    expect(heard(SHARED, USTED)).toEqual([])
  })
})

test('no screen shows an English word, names in braces apart', () => {
  const plain = names.flatMap(wordsOf).map((words) => words.slice(words.indexOf(': ') + 2))
  expect(plain.filter((words) => ENGLISH.test(words.replaceAll(/\{\w+\}/gu, '')))).toEqual([])
})
