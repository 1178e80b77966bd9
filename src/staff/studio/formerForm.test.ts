import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { getReply, saveReply } from '@/data/staff/replies'
import { adoptFormer, formerKind, sectionsOf } from './formerForm'

/** As the editor before the studio kept it on a device. */
const FORM = {
  kind: 'propuestas',
  title: 'Consulta',
  slug: 'consulta',
  summary: 'r',
  question: 'q',
  who_decides: 'w',
  what_happens_next: 'n',
  label: '',
  source: '',
  opens_on: '2026-11-05',
  closes_on: '2026-11-14',
  grace_hours: '48',
  inputs_on: '',
  results_on: '',
  answer_by: '2026-11-27',
  milestones: [{ on: '', until: '', title: 'Mesa', note: '' }],
  notice_id: 'n1',
  notice: { title: 'Aviso', simplified: 'Uno.\n\nDos.', full: [{ heading: 'H', text: 'P.' }], consents: [] },
  reason: '',
}
const ME = 'user-1'

afterEach(() => db.meta.clear())

test('a former form becomes sections, and an hour that was saved stays with its day', () => {
  const { textos, fechas, aviso } = sectionsOf(FORM, {
    opens_at: '2026-11-05T09:30:00-06:00',
    closes_at: '2026-11-13T23:59:59-06:00',
  })
  expect(textos).toMatchObject({ title: 'Consulta', label: null })
  expect(fechas).toMatchObject({
    opens_at: '2026-11-05T09:30:00-06:00',
    closes_at: '2026-11-14T23:59:59-06:00',
    grace_hours: 48,
    inputs_on: null,
    milestones: [{ on: null, until: null, title: 'Mesa', note: null }],
  })
  expect(aviso).toMatchObject({
    notice: { simplified: ['Uno.', 'Dos.'], full: [{ heading: 'H', paragraphs: ['P.'] }] },
  })
})

test('a new campaign typed before the update is kept for the draft that is made of it, once', async () => {
  await saveReply(ME, 'nueva', 'campana', { version: 0, form: FORM, base: null })
  expect(await formerKind(ME)).toBe('propuestas')
  await adoptFormer(ME, 'c1', true)
  expect(await getReply(ME, 'c1', 'estudio-textos')).toMatchObject({
    version: 0,
    data: { title: 'Consulta' },
  })
  expect(await formerKind(ME)).toBeUndefined()
})

test('changes typed over a saved campaign are kept to be compared with it', async () => {
  await saveReply(ME, 'c1', 'campana', { version: 3, form: { ...FORM, title: 'Otro' } })
  await adoptFormer(ME, 'c1', false)
  expect(await getReply(ME, 'c1', 'estudio-textos')).toMatchObject({ version: -1, data: { title: 'Otro' } })
  expect(await getReply(ME, 'c1', 'campana')).toBeUndefined()
})
