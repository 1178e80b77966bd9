import { describe, expect, test } from 'vitest'
import type { Institution } from '@/domain/rows'
import { notice as jornadas } from '@/features/jornadas/staff/studio/notice'
import { notice as propuestas } from '@/features/propuestas/staff/studio/notice'
import { notice as videos } from '@/features/videos/staff/studio/notice'
import { settingsOf } from '@/staff/institution/testing/settings'
import { noticeTemplate } from './template'

const institution: Institution = {
  name: 'Instituto de prueba',
  short_name: 'IP',
  accent: '#5b3a8e',
  demo_label: null,
  contact: { email: 'a@b.example', phone: '', address: 'Calle Uno 1, Toluca', hours: '' },
  transparency_unit: 'Unidad de prueba, Calle Dos 2',
}
const periods = settingsOf().data
const nothing = { dataOf: () => ({}), periods }
const kinds = Object.entries({ propuestas, videos, jornadas })

describe.each(kinds)('the template of a notice of kind %s', (_, kind) => {
  test('has every part that the law asks for, and each has words', () => {
    const { simplified, full } = noticeTemplate(institution, kind.partsOf(nothing))
    expect(full.map(({ heading }) => heading)).toEqual([
      'Quién es responsable',
      'Qué datos se piden',
      'Para qué se usan',
      'Cómo negarse',
      'Con qué fundamento',
      'A quién se transfieren',
      'Cuánto tiempo se guardan',
      'Derechos ARCO y portabilidad',
      'Unidad de Transparencia',
      'Cómo se avisa de los cambios',
    ])
    expect(full.flatMap(({ paragraphs }) => paragraphs).every((text) => text.length > 10)).toBe(true)
    expect(simplified).toHaveLength(6)
  })

  test('takes what the institution’s settings know and marks the rest', () => {
    const words = (of: Institution | null) => JSON.stringify(noticeTemplate(of, kind.partsOf(nothing)))
    expect(words(institution)).toMatch(/Instituto de prueba.*Calle Uno 1.*\[completar: .*Unidad de prueba/)
    expect(words(null)).toContain('[completar: nombre del instituto]')
    expect(words(institution)).not.toContain('[completar: nombre del instituto]')
  })

  test('says the periods of the settings, and marks them where they are not known', () => {
    const said = (of: object) => kind.partsOf({ dataOf: () => ({}), ...of }).retention
    expect(said({ periods: { ...periods, keep_withdrawn_days: 31 } })).toContain('31 días')
    expect(said({ periods: { ...periods, keep_contacts_months: 1 } })).toMatch(/ 1 mes /u)
    expect(said({})).toContain('[completar: cuánto tiempo]')
  })

  test('allows by its consents all that the kind names, each until a day or an event', () => {
    const { consents } = kind.partsOf(nothing)
    expect(consents.flatMap(({ allows }) => allows).sort()).toEqual(Object.keys(kind.permissions).sort())
    expect(consents.every(({ allows, until }) => !allows!.length || until)).toBe(true)
  })
})

test('where minors take part they are asked a consent of their own, of what can be public of them', () => {
  const asked = (minors: boolean) => videos.partsOf({ dataOf: () => ({ minors }), periods }).consents
  const own = asked(true).find(({ key }) => key === 'publish_minor')!
  expect(own.allows).toEqual(['image_voice', 'text', 'name'])
  expect(own.text).toMatch(/mi imagen, mi voz y los textos.* si lo escribí, mi primer nombre o mi apodo\.$/u)
  expect(own.text).not.toMatch(/municipio|sector/u)
  expect(asked(false).some(({ key }) => key === 'publish_minor')).toBe(false)
})

test('the notice of a call for videos says until when and where, as its section says', () => {
  const dataOf = () => ({ licence_until: '2030-12-31', medium: 'la página del instituto' })
  const { consents } = noticeTemplate(institution, videos.partsOf({ dataOf, periods }))
  expect(consents.find(({ key }) => key === 'publish')).toMatchObject({
    text: expect.stringContaining('en la página del instituto') as string,
    until: expect.stringContaining('2030') as string,
  })
})
