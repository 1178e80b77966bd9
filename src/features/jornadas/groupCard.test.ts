// @vitest-environment happy-dom
/** The lines of a form for several people, the group on the page of a folio, and «¿Sigue viniendo?». */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { FormMaterial } from '@/campaign/form/campaignForm'
import type { Sent } from '@/campaign/submission/sent'
import { Fault } from '@/domain/fault'
import { emptyAnswers, readAnswers } from './answers'
import ColleagueLines from './ColleagueLines.vue'
import { inscripcionForm } from './form'
import GroupCard from './GroupCard.vue'
import KeepSeat from './KeepSeat.vue'
import type { GroupMember, Jornada, RegistrationContent, Seat } from './registration'
import { isUnconfirmed, seatWords } from './seatWords'

const { rpc, syncMine } = vi.hoisted(() => ({
  rpc: vi.fn<(name: string, args: object) => Promise<unknown>>(),
  syncMine: vi.fn<() => Promise<void>>(),
}))
vi.mock('@/data/rpc', () => ({ rpc }))
vi.mock('@/sync/start', () => ({ syncMine }))
vi.mock('@/data/items', () => ({ getItem: async () => ({ secret: 's3' }) }))
beforeEach(() => {
  rpc.mockReset()
  syncMine.mockReset().mockResolvedValue()
})

const berta = { display_name: 'Berta Ruiz', post: 'Analista', email: 'berta@edomex.gob.mx' }

test('the form sends the colleagues, and that the person does not attend, only where there are any', () => {
  const material = {
    convocatoria: { id: 'c', details: null },
    notice: { id: 'n', hash: 'h', consents: [] },
    municipalities: [],
  } as unknown as FormMaterial
  const payload = (change: object) =>
    inscripcionForm.toPayload(
      { ...emptyAnswers(), email: 'ana@edomex.gob.mx', ...change },
      material,
      new Date(),
    )
  expect(payload({ attends: false })).not.toHaveProperty('attends')
  expect(payload({})).not.toHaveProperty('colleagues')
  expect(payload({ colleagues: [berta], attends: false })).toMatchObject({
    colleagues: [berta],
    attends: false,
  })
})

test('a draft of before has no colleagues and attends, and a line that lacks something stops the form', () => {
  const { colleagues: _, attends: __, ...before } = emptyAnswers()
  expect(readAnswers(before)).toMatchObject({ colleagues: [], attends: true })
  expect(readAnswers({ ...before, colleagues: [{ post: 7 }] }).colleagues).toEqual([
    { display_name: '', post: '', email: '' },
  ])
  const material = {} as FormMaterial
  const refuse = (one: object) =>
    inscripcionForm.refuse(
      'colleagues',
      { ...emptyAnswers(), colleagues: [{ ...berta, ...one }] },
      material,
      new Date(),
    )
  expect([refuse({}), refuse({ email: 'x' }), refuse({ display_name: ' ' })]).toEqual([
    null,
    'colleagues_wrong',
    'colleagues_wrong',
  ])
  expect(inscripcionForm.fieldOf('email_required', 'colleagues')).toBe('colleagues')
})

test('a line is added, written and taken away, and each field says what it lacks', async () => {
  const props = { colleagues: [berta], attends: false, error: undefined as string | undefined }
  const page = mount(ColleagueLines, { props })
  await page.get('#colleagues').setValue('Berta Soto')
  const buttons = page.findAll('button')
  await buttons.find((one) => one.text() === 'Inscribir también a otra persona')!.trigger('click')
  await buttons.find((one) => one.text() === 'Quitar a la persona 2')!.trigger('click')
  expect(page.emitted('change')!.map(([patch]) => patch)).toEqual([
    { colleagues: [{ ...berta, display_name: 'Berta Soto' }] },
    { colleagues: [berta, { display_name: '', post: '', email: '' }] },
    { colleagues: [], attends: true },
  ])
  await page.setProps({ colleagues: [{ ...berta, post: '' }], error: 'Complete el nombre.' })
  expect(page.text()).toContain('Complete el nombre.')
  expect(page.findAll('[aria-invalid="true"]')).toHaveLength(1)
})

const day = { id: 'd', title: 'Primera Jornada', on_day: '2999-12-08', starts_at: null } as Jornada
const seat = (change: Partial<Seat> = {}) => ({ jornada_id: 'd', status: 'confirmed', ...change }) as Seat

test('the group shows everybody with their days, and cancels those of one after a question', async () => {
  rpc.mockResolvedValue({ released: true })
  const sent = { id: 's', folio: 'JO-2026-000001-2' } as unknown as Sent<Partial<RegistrationContent>>
  const member = { folio: 'JO-2026-000002-0', display_name: 'Berta Ruiz', post: 'Analista', seats: [seat()] }
  const over: GroupMember = { ...member, folio: 'JO-2026-000003-9', display_name: null, seats: [] }
  const page = mount(GroupCard, {
    props: { sent, group: [member, over], dayOf: () => day },
    attachTo: document.body,
  })
  expect(page.text()).toContain('Primera Jornada: Lugar confirmado')
  expect(page.findAll('h3').map((one) => one.text())).toEqual(['Berta Ruiz', 'JO-2026-000003-9'])
  const tap = async (words: string) => {
    await page
      .findAll('button')
      .find((one) => one.text() === words)!
      .trigger('click')
    await flushPromises()
  }
  await tap('Cancelar los días de Berta Ruiz')
  expect(rpc).not.toHaveBeenCalled()
  await tap('Sí, cancelar')
  expect(rpc.mock.calls[0]!.slice(0, 2)).toEqual([
    'release_colleague',
    { p_folio: 'JO-2026-000001-2', p_secret: 's3', p_colleague: 'JO-2026-000002-0' },
  ])
  expect(syncMine).toHaveBeenCalledOnce()
})

test('«¿Sigue viniendo?» says what silence means, and a tap keeps the seat or says why not', async () => {
  const props = {
    submission: 's',
    folio: 'JO-2026-000001-2',
    seat: seat({ keep_until: '2026-12-07T18:00:00Z' }),
  }
  expect(mount(KeepSeat, { props: { ...props, frees: false } }).text()).toContain(
    'Si no contesta, conserva su lugar.',
  )
  const page = mount(KeepSeat, { props: { ...props, frees: true } })
  expect(page.text()).toContain('o su lugar pasará a quien espera.')
  rpc.mockRejectedValueOnce(new Fault('offline', true)).mockResolvedValueOnce({ kept: true })
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.get('[role=alert]').text()).toBe(
    'No hay señal o el sistema no respondió. Intente otra vez: repetirlo no hace nada dos veces.',
  )
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.get('[role=status]').text()).toBe('Gracias. Su lugar sigue siendo suyo.')
})

test('a held place that waits for approval, and one over the limit of a body, are said as such', () => {
  const now = new Date('2026-12-01T00:00:00Z')
  expect(seatWords(seat({ status: 'waiting', pending: true }), now)).toContain(
    'Falta que el instituto apruebe',
  )
  const over = seat({ status: 'waiting', set_apart: true, over_limit: true, place: 1 })
  expect(seatWords(over, now)).toContain('ya tiene el máximo de lugares')
  expect(isUnconfirmed(over)).toBe(false)
  expect(isUnconfirmed(seat({ status: 'waiting', pending: true, held_until: '2026-12-02T18:00:00Z' }))).toBe(
    true,
  )
})
