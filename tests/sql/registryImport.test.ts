/** Importing a registry: every row judged by SQL, all or nothing, and undone within a day. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callAs, createTestDatabase, type TestDatabase } from '../support/database'
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

describe('previewing a file', () => {
  test.each([
    [{ name: ' \u200b ' }, 'name body_name_required'],
    [{ name: 'a'.repeat(201) }, 'name body_name_long'],
    [{ name: '\u0007\u3164' }, 'name body_name_required'],
    [{ name: 'Uno', acronym: 'S'.repeat(21) }, 'acronym acronym_long'],
    [{ name: 'Uno', class: 'club' }, 'class class_unknown'],
    [{ name: 'Uno', class: 'Ayuntamientos' }, 'municipality municipality_required'],
    [{ name: 'Uno', municipality: 'Puebla' }, 'municipality town_unknown'],
    [{ name: 'Uno', active: 'quizá' }, 'active flag_invalid'],
    [{ name: 'Uno', domains: 'a@toluca.gob.mx' }, 'domains domain_invalid'],
    [{ name: 'Uno', domains: 'toluca' }, 'domains domain_invalid'],
  ])('the row %j is wrong: %s', async (row, problem) => {
    const answer = await x.preview(row)
    expect(answer.rows[0]!.status).toBe('wrong')
    expect(codesOf(answer)).toEqual([[problem]])
    expect(await fx.outcome(x.importRows([{ name: 'Bueno' }, row]))).toBe('PT422 rows_wrong')
    expect(await x.named('Bueno')).toBeUndefined()
  })

  test('each row says what it would do, and the bodies that no row names are gone', async () => {
    await x.importRows([{ name: 'Igual' }, { name: 'Cambia', acronym: 'A' }, { name: 'Falta' }])
    const answer = await x.preview(
      { name: 'Igual' },
      { name: 'Cambia', acronym: 'B' },
      { name: 'Nueva', class: 'SINDICATOS', municipality: 'toluca', domains: 'B.mx; a.gob.mx' },
    )
    expect(answer.rows.map(({ line, status }) => [line, status])).toEqual([
      [2, 'same'],
      [3, 'changed'],
      [4, 'new'],
    ])
    expect(answer.rows[1]).toMatchObject({ before: { acronym: 'A' }, after: { acronym: 'B' } })
    expect(answer.rows[2]!.after).toEqual({
      name: 'Nueva',
      acronym: null,
      class_key: 'sindicato',
      municipality: '15106',
      active: true,
      domains: ['a.gob.mx', 'b.mx'],
    })
    expect(answer.gone.map(({ name }) => name)).toEqual(['Falta'])
    expect(await x.named('Nueva')).toBeUndefined()
  })

  test.each([
    'SINDICATO  DE MAESTRÓS',
    'sindicato de maestros',
    'Sindicato\u200b de Maestros ',
    'Sindicato de Maestro\u0301s',
  ])(
    '«%s» is a twin of «Sindicato de Maestros»: it changes that body, or is another one when the row says so',
    async (name) => {
      await x.importRows([{ name: 'Sindicato de Maestros' }])
      const answer = await x.preview({ name })
      const isSame = answer.rows[0]!.after.name === 'Sindicato de Maestros'
      expect(answer.rows[0]!.status).toBe(isSame ? 'same' : 'changed')
      if (isSame) return
      expect(codesOf(answer)).toEqual([['name body_twin']])
      expect(answer.rows[0]!.twin).toBe('Sindicato de Maestros')
      expect((await x.preview({ name, apart: true })).rows[0]!.status).toBe('new')
    },
  )

  test('a twin in another class is only pointed out, and a second row for one body is wrong', async () => {
    await x.importRows([{ name: 'Uno', class: 'fideicomiso' }])
    expect(codesOf(await x.preview({ name: 'UNO' }))).toEqual([['name body_twin_elsewhere']])
    expect(codesOf(await x.preview({ name: 'Dos' }, { name: 'DOS' }))).toEqual([[], ['name body_repeated']])
    const written = [
      { name: 'Casa de Ana, A. C.' },
      { name: 'Casa de «Ana» A.C' },
      { name: 'Casa de Ana A\u200b C' },
    ]
    expect(codesOf(await x.preview(...written))).toEqual([[], ['name body_repeated'], ['name body_repeated']])
  })

  test('a column that the file lacks leaves that field of a known body as it is', async () => {
    await x.importRows([{ name: 'Uno', acronym: 'U', domains: 'uno.mx', active: 'no' }])
    expect((await x.preview({ name: 'Uno' })).rows[0]!.status).toBe('same')
    expect((await x.preview({ name: 'Uno', acronym: '' })).rows[0]!.after.acronym).toBeNull()
  })

  test('what is no list of rows is refused, and so are 5,001', async () => {
    const ask = (rows: unknown) =>
      fx.outcome(x.asCoordinator('preview_bodies', { p_rows: JSON.stringify(rows) }))
    expect(await ask({})).toBe('PT422 malformed_op')
    expect(await ask([{ name: 1 }])).toBe('PT422 malformed_op')
    expect(await ask([])).toBe('PT422 registry_empty')
    expect(await ask(Array.from({ length: 5001 }, () => ({ name: 'x' })))).toBe('PT422 list_too_long')
  })
})

describe('importing', () => {
  test('3,000 rows are imported in one transaction and undone', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => ({ name: `Sindicato número ${at}` }))
    const started = performance.now()
    const { id, added } = await x.importRows(rows)
    expect(added).toBe(3000)
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(await x.importRows(rows)).toMatchObject({ id: null, same: 3000 })
    expect(await x.undo(id)).toEqual({ removed: 3000, restored: 0, kept: 0 })
    expect((await x.list()).items).toEqual([])
  })

  test('one wrong row of 3,000 imports none', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => ({ name: at === 2999 ? '' : `Sindicato ${at}` }))
    expect(await fx.outcome(x.importRows(rows))).toBe('PT422 rows_wrong')
    expect((await x.list()).items).toEqual([])
  })

  test('bodies that the file does not name stay, or are retired when that is asked for', async () => {
    await x.importRows([{ name: 'Uno' }, { name: 'Dos' }])
    expect(await x.importRows([{ name: 'Uno' }])).toMatchObject({ id: null, retired: 0 })
    const { id, retired } = await x.importRows([{ name: 'Uno' }], true)
    expect(retired).toBe(1)
    expect((await x.named('Dos'))!.active).toBe(false)
    expect(await x.undo(id)).toEqual({ removed: 0, restored: 1, kept: 0 })
    expect((await x.named('Dos'))!.active).toBe(true)
  })

  test('an import from a preview that is no longer true is refused', async () => {
    const { version } = await x.list()
    await x.importRows([{ name: 'Otra persona' }])
    const args = { p_rows: JSON.stringify([{ name: 'Yo', class: 'sindicato' }]), p_expected: version }
    expect(await fx.outcome(x.asCoordinator('import_bodies', args))).toBe('PT409 conflict')
  })

  test('undoing keeps a body that is used in a registration or was edited since, and says how many', async () => {
    const { id } = await x.importRows([
      { name: 'Usada', class: 'poder_ejecutivo' },
      { name: 'Editada' },
      { name: 'Nueva' },
    ])
    await jx.register(db, { body_id: (await x.named('Usada'))!.id })
    await x.asCoordinator('set_body_active', { p_id: (await x.named('Editada'))!.id, p_active: false })
    expect(await x.undo(id)).toEqual({ removed: 1, restored: 0, kept: 2 })
    expect((await x.list()).items.map(({ name }) => name)).toEqual(['Editada', 'Usada'])
    expect(await fx.outcome(x.undo(id))).toBe('PT409 import_undone')
  })

  test('an import can be undone for 24 hours, and the list offers it', async () => {
    const { id } = await x.importRows([{ name: 'Uno' }])
    expect((await x.list()).last_import).toMatchObject({ id, added: 1, by: expect.any(String) as string })
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '25 hours'))
    expect((await x.list()).last_import).toBeNull()
    expect(await fx.outcome(x.undo(id))).toBe('PT409 import_old')
  })
})

test('a coordinator of one campaign imports nothing and undoes nothing', async () => {
  const actor = await fx.addStaff(db, 'coordinator', { convocatoria: jx.JORNADAS })
  const { id } = await x.importRows([{ name: 'Uno' }])
  const call = (fn: string, args: Record<string, unknown>) => fx.outcome(callAs(db, actor, fn, args))
  expect(await call('preview_bodies', { p_rows: '[]' })).toBe('PT403 not_allowed')
  expect(await call('import_bodies', { p_rows: '[]', p_expected: 0 })).toBe('PT403 not_allowed')
  expect(await call('undo_import', { p_id: id })).toBe('PT403 not_allowed')
})
