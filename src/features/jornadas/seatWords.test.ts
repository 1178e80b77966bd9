// @vitest-environment happy-dom
/** What an unconfirmed person reads of a seat that is held, was lost, or waits for staff, and how it is kept. */
import 'fake-indexeddb/auto'
import { mount, RouterLinkStub } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import type { MailState } from '@/domain/email'
import ConfirmSeat from './ConfirmSeat.vue'
import type { Seat } from './registration'
import { isUnconfirmed, seatWords } from './seatWords'
import { t } from './words'

const seat = (over: Partial<Seat>): Seat => ({
  jornada_id: 'd1',
  status: 'confirmed',
  place: null,
  offer_until: null,
  pass_code: 'abc',
  ...over,
})
const held = seat({ held_until: '2026-12-01T18:05:00Z' })
const lapsed = seat({ status: 'waiting', place: 4, lapsed: true })
const apart = seat({ status: 'waiting', place: 7, set_apart: true })
const before = new Date('2026-12-01T10:00:00Z')
const page = (one: Seat, mail?: MailState) =>
  mount(ConfirmSeat, {
    props: { seat: one, mail },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })

describe('the words of a seat', () => {
  test('that is held name day and hour in central Mexico, and after it that the seat is still there', () => {
    expect(seatWords(held, before)).toBe(
      'Lugar apartado hasta el martes 1 de diciembre de 2026, 12:05, hora del centro de México',
    )
    expect(seatWords(held, new Date('2026-12-01T18:05:00Z'))).toBe(t('seat.held_over'))
  })

  test('that lapsed name the place in the line, and those of one set apart name none', () => {
    expect(seatWords(lapsed)).toContain('Lugar 4 en la lista de espera')
    expect(seatWords(apart)).toBe(t('seat.set_apart'))
  })

  test.each<[string, Seat, boolean]>([
    ['held', held, true],
    ['lost by its term', lapsed, true],
    ['set apart', apart, true],
    ['confirmed', seat({}), false],
    ['in the line', seat({ status: 'waiting', place: 1 }), false],
    ['lost, then offered', seat({ status: 'offered', lapsed: true }), false],
    ['cancelled', seat({ status: 'cancelled' }), false],
  ])('of a seat that is %s say how to confirm only where that helps', (_, one, expected) =>
    expect(isUnconfirmed(one)).toBe(expected),
  )
})

describe('how a seat is kept', () => {
  test.each<[string, Seat]>([
    ['held', held],
    ['lapsed', lapsed],
    ['set_apart', apart],
  ])('%s: by the letter, a code or the telephone', (state, one) => {
    const screen = page(one, 'unconfirmed')
    const keys = [`confirm.${state}`, `confirm.${state}.how`, 'confirm.mail', 'confirm.phone'] as const
    for (const key of keys) expect(screen.text()).toContain(t(key as 'confirm.mail'))
    expect(screen.findComponent(RouterLinkStub).props('to')).toBe('/recuperar')
  })

  test('a code is offered to an address that wants no other letters, and on rows of older servers', () => {
    for (const mail of ['stopped', undefined] as const)
      expect(page(held, mail).findComponent(RouterLinkStub).exists()).toBe(true)
  })

  test.each<[MailState, Seat]>([
    ['unusable', apart],
    ['none', apart],
    ['confirmed', held],
    ['confirmed', apart],
  ])('without a letter that could confirm it (%s) the person is sent to the telephone', (mail, one) => {
    const screen = page(one, mail)
    expect(screen.text()).toContain(t('confirm.call'))
    expect(screen.text()).not.toContain('código')
    expect(screen.findComponent(RouterLinkStub).exists()).toBe(false)
  })
})
