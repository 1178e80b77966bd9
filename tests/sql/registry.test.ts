/** The registry edited by hand: bodies, merges, classes, and what citizens miss in it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BodyDetail } from '@/domain/registry'
import type { Registry } from '@/features/jornadas/registration'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { clearRegistry, codesOf, registryOf } from './registryFixtures'

let db: TestDatabase
let x: ReturnType<typeof registryOf>
beforeAll(async () => {
  db = await createTestDatabase()
  x = registryOf(db)
  await jx.setDay(db, jx.DAY, 100)
})
beforeEach(() => clearRegistry(db))
afterAll(() => db.drop())

const form = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    name: 'Instituto de Prueba',
    acronym: 'IP',
    class_key: 'poder_ejecutivo',
    municipality: null,
    domains: ['prueba.gob.mx'],
    liaison: { name: 'Rosa Díaz', post: 'Titular', email: 'rosa@prueba.gob.mx', phone: '722 000 0000' },
    ...change,
  })
const save = (id: string, version: number, change: Record<string, unknown> = {}) =>
  x.asCoordinator<{ version: number }>('save_body', {
    p_id: id,
    p_expected_version: version,
    p_data: form(change),
  })
const detail = (id: string) => x.asCoordinator<BodyDetail>('registry_body', { p_id: id })

describe('editing', () => {
  test('a body is added, edited and read with its liaison and its history; a repeated call adds nothing', async () => {
    const id = randomUUID()
    await save(id, 0)
    expect(await save(id, 0)).toMatchObject({ version: 1 })
    await save(id, 1, { name: 'Instituto Nuevo' })
    const body = await detail(id)
    expect(body).toMatchObject({ name: 'Instituto Nuevo', version: 2, liaison: { name: 'Rosa Díaz' } })
    expect(body.history.map(({ kind }) => kind)).toEqual(['changed', 'added'])
    expect(await fx.outcome(save(id, 1))).toBe('PT409 conflict')
    await save(id, 2, { liaison: null })
    expect((await detail(id)).liaison).toBeNull()
  })

  test('no list carries a liaison, neither that of citizens nor that of staff', async () => {
    await save(randomUUID(), 0)
    for (const answer of [await callAs(db, anon, 'list_bodies'), await x.list()])
      expect(JSON.stringify(answer)).not.toMatch(/Rosa|rosa@/u)
    expect(Object.keys(((await callAs(db, anon, 'list_bodies')) as Registry).items[0]!).sort()).toEqual([
      'acronym',
      'class_key',
      'id',
      'municipality',
      'name',
    ])
  })

  test.each([
    [{ name: '' }, 'body_name_required'],
    [{ class_key: 'club' }, 'class_unknown'],
    [{ class_key: 'ayuntamiento' }, 'municipality_required'],
    [{ municipality: '99999' }, 'town_unknown'],
    [{ domains: ['sin punto'] }, 'domain_invalid'],
    [{ liaison: { name: '', email: 'a@b.mx' } }, 'liaison_name_required'],
    [{ liaison: { name: 'A', email: 'a' } }, 'email_invalid'],
    [{ liaison: { name: 'A'.repeat(121) } }, 'liaison_invalid'],
    [{ name: 'EXISTE' }, 'body_exists'],
  ])('a body with %j is refused: %s', async (change, code) => {
    await save(randomUUID(), 0, { name: 'Existe' })
    expect(await fx.outcome(save(randomUUID(), 0, change))).toMatch(new RegExp(`^PT4(22|09) ${code}$`, 'u'))
  })

  test('merging moves registrations, domains and liaison, tells the author, and the old name adds nothing', async () => {
    const [kept, merged] = [randomUUID(), randomUUID()]
    await save(kept, 0, { liaison: null })
    await save(merged, 0, { name: 'Instituto de Pruebas', domains: ['otra.mx'] })
    const seat = await jx.register(db, { body_id: merged })
    const events = () =>
      db.pool.query('select from app.change_log where id = $1', [seat.id]).then(({ rowCount }) => rowCount!)
    const before = await events()
    await x.asCoordinator('merge_bodies', { p_kept: kept, p_merged: merged })
    expect(await detail(kept)).toMatchObject({
      registrations: 1,
      domains: ['otra.mx', 'prueba.gob.mx'],
      liaison: { name: 'Rosa Díaz' },
    })
    expect(await detail(merged)).toMatchObject({ active: false, merged_into: kept, registrations: 0 })
    expect(await events()).toBeGreaterThan(before)
    const answer = await x.preview({ name: 'Instituto de Pruebas', class: 'poder_ejecutivo' })
    expect(answer.rows[0]!.status).toBe('merged')
    expect(answer.gone).toEqual([])
    for (const args of [
      { p_kept: kept, p_merged: merged },
      { p_kept: kept, p_merged: kept },
    ])
      expect(await fx.outcome(x.asCoordinator('merge_bodies', args))).toMatch(/^PT409 body_(merged|same)$/u)
  })

  test('classes are added, renamed, put in order and retired; one in use is not deleted', async () => {
    await x.importRows([{ name: 'Uno' }])
    const { classes, version } = await x.list()
    const others = classes.filter(({ key }) => key !== 'sindicato')
    const write = (given: object[], expected: number) =>
      fx.outcome(x.asCoordinator('save_classes', { p_classes: JSON.stringify(given), p_expected: expected }))
    expect(await write(others, version)).toBe('PT409 class_in_use')
    expect(await write([{ key: '', name: ' ', retired: false }], version)).toBe('PT422 class_name_required')
    expect(await write([...classes, { key: '', name: 'SINDICATOS', retired: false }], version)).toBe(
      'PT422 class_repeated',
    )
    const next = [
      { key: 'sindicato', name: 'Órganos autónomos', retired: true },
      { key: '', name: 'Universidades públicas', retired: false },
      ...others.map((one) => (one.key === 'organo_autonomo' ? { ...one, name: 'Sindicatos' } : one)),
    ]
    expect(await write(next, version)).toBe('ok')
    expect(await write(next, version)).toBe('PT409 conflict')
    const after = (await x.list()).classes
    expect(after.slice(0, 2)).toMatchObject([
      { key: 'sindicato', name: 'Órganos autónomos', retired: true, bodies: 1 },
      { key: 'universidades_publicas', name: 'Universidades públicas' },
    ])
    expect(codesOf(await x.preview({ name: 'Dos' }))).toEqual([['class class_retired']])
    expect((await x.preview({ name: 'Uno' })).rows[0]!.status).toBe('same')
    await write(classes, (await x.list()).version)
  })

  test('a new class gets a key of its own, although its name gives one that is taken', async () => {
    const { classes, version } = await x.list()
    const renamed = classes.map((one) => (one.key === 'opdapas' ? { ...one, name: 'Agua' } : one))
    const added = ['OPDAPAS', 'Otra 1', 'Otra 2'].map((name) => ({ key: '', name, retired: false }))
    await x.asCoordinator('save_classes', {
      p_classes: JSON.stringify([...renamed, ...added]),
      p_expected: version,
    })
    const after = await x.list()
    const keys = after.classes.slice(-3).map(({ key }) => key)
    expect(keys[0]).toMatch(/^opdapas_[a-p]{8}$/u)
    expect(keys[1]).toBe('otra')
    expect(keys[2]).toMatch(/^otra_[a-p]{8}$/u)
    expect(after.classes.find(({ key }) => key === 'opdapas')!.name).toBe('Agua')
    await x.asCoordinator('save_classes', { p_classes: JSON.stringify(classes), p_expected: after.version })
  })
})

describe('«Mi institución no aparece»', () => {
  const report = (name: string, more: Record<string, unknown> = {}) =>
    callAs(db, anon, 'report_missing_body', { p_name: name, ...more })

  test('a report waits for staff, twice the same name counts two, and nothing says who sent it', async () => {
    await x.importRows([{ name: 'INSTITUTO nuevo' }])
    await report('Instituto Nuevo', { p_class: 'sindicato', p_municipality: '15106' })
    await report('instituto  nuevo', { p_class: 'club' })
    const { reports } = await x.list()
    expect(reports).toEqual([
      {
        id: expect.any(String) as string,
        at: expect.any(String) as string,
        name: 'Instituto Nuevo',
        class_key: 'sindicato',
        municipality: '15106',
        times: 2,
        twins: [(await x.named('INSTITUTO nuevo'))!.id],
      },
    ])
  })

  test.each([
    ['added', true],
    ['exists', true],
    ['discarded', false],
  ])('a report is resolved as %s once', async (outcome, hasBody) => {
    await x.importRows([{ name: 'Instituto' }])
    await report('Instituto Nuevo')
    const { id } = (await x.list()).reports[0]!
    const args = { p_id: id, p_outcome: outcome, p_body: hasBody ? (await x.named('Instituto'))!.id : null }
    const resolve = (change = {}) => fx.outcome(x.asCoordinator('resolve_report', { ...args, ...change }))
    if (hasBody) expect(await resolve({ p_body: randomUUID() })).toBe('PT404 body_unknown')
    expect(await resolve({ p_outcome: 'x' })).toBe('PT422 malformed_op')
    expect(await resolve()).toBe('ok')
    expect(await resolve()).toBe('PT404 report_unknown')
    expect((await x.list()).reports).toEqual([])
  })

  test('a caller’s sixth report in an hour is refused, and an hour later it is taken', async () => {
    for (let at = 0; at < 5; at += 1) await report(`Institución ${at}`)
    expect(await fx.outcome(report('Institución 6'))).toBe('PT429 reports_too_many')
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '61 minutes'))
    expect(await fx.outcome(report('Institución 6'))).toBe('ok')
  })

  test.each([
    ['abc', 'report_name_required'],
    ['a'.repeat(201), 'report_name_invalid'],
    ['a\u0007bc', 'report_name_required'],
  ])('the name %j is refused: %s', async (name, code) =>
    expect(await fx.outcome(report(name))).toBe(`PT422 ${code}`),
  )
})
