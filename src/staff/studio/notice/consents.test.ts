import { expect, test } from 'vitest'
import type { NoticeConsent } from '@/domain/rows'
import { newConsent, placesAllowing, setAllowed, withAllowed } from './consents'

const TEXT = { permission: 'text', consent_key: 'publish' }
const NAME = { permission: 'name', consent_key: 'publish' }
const consent = (key: string, allows?: string[]): NoticeConsent => ({
  key,
  text: '',
  required: false,
  ...(allows && { allows }),
})

test('consents of an older notice get what their keys allowed', () => {
  const [publish, other] = withAllowed([consent('publish'), consent('own_work')], [TEXT, NAME])
  expect([publish!.allows, other!.allows]).toEqual([['text', 'name'], []])
})

test('consents that say what they allow keep it', () => {
  expect(withAllowed([consent('publish', ['name'])], [TEXT, NAME])[0]!.allows).toEqual(['name'])
})

test('each new consent has a key of its own that the server accepts', () => {
  const consents: NoticeConsent[] = []
  for (let n = 0; n < 12; n++) consents.push(newConsent(consents))
  expect(new Set(consents.map(({ key }) => key)).size).toBe(12)
  expect(consents.every(({ key }) => /^[a-z][a-z_]{1,39}$/u.test(key))).toBe(true)
})

test('a new consent takes the usual key of what it allows, and one with a key of its kind keeps it', () => {
  const consents = [newConsent([]), consent('licence', [])]
  setAllowed(consents, 1, TEXT, true)
  expect(consents[1]!.key).toBe('licence')
  setAllowed(consents, 0, TEXT, true)
  expect(consents[0]!.key).toBe('publish')
})

test('no two consents take the same key', () => {
  const consents = [consent('publish', ['text']), newConsent([])]
  setAllowed(consents, 1, NAME, true)
  expect(consents.map(({ key }) => key)).toEqual(['publish', 'extra_a'])
  expect(placesAllowing(consents, 'name')).toEqual([1])
  setAllowed(consents, 1, NAME, false)
  expect(placesAllowing(consents, 'name')).toEqual([])
})
