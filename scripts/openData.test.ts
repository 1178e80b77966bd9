/** The files of an edition: safe for spreadsheets, hashed, and done again after a kill under the same names. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { secretHeader } from '../supabase/functions/_shared/callerSecret'
import { parseCsv } from '../supabase/functions/_shared/files/csv'
import { createHandler, type EditionFile, type EditionWork } from '../supabase/functions/open-data/handler'

const SECRET = 'shown'
const call = () => new Request('http://localhost/', { method: 'POST', headers: secretHeader(SECRET) })
const head = [
  { tipo: 'edicion', numero: 1 },
  { tipo: 'hallazgo', id: 'f1', titulo: '=2+2', propuestas: 3 },
]
const row = {
  tipo: 'propuesta',
  id: 'PR-1',
  texto: '=HYPERLINK("x")',
  retenida: false,
  hallazgos: ['f1', 'f2'],
}
const step = (rest: Partial<EditionWork>): EditionWork => ({
  convocatoria: 'c',
  number: 1,
  work: 'page',
  page: 1,
  ...rest,
})

function world(steps: EditionWork[], fails = 0) {
  const files = new Map<string, string>()
  const settled: [string, EditionFile[], string | null][] = []
  const due = [...steps]
  const handle = createHandler({
    callerSecret: SECRET,
    take: () => Promise.resolve(due.shift() ?? null),
    settle: (one, made, error) => Promise.resolve(void settled.push([one.work, made, error])),
    objects: {
      put: (_, name, bytes) => {
        if (fails-- > 0) return Promise.reject(new Error('put_failed (500)'))
        files.set(name, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
        return Promise.resolve()
      },
      remove: (_, names) => Promise.resolve(names.forEach((name) => files.delete(name))),
    },
  })
  return { files, settled, handle }
}

test('a page becomes JSON Lines and a CSV that calculates nothing', async () => {
  const { files, settled, handle } = world([step({ head, rows: [row] })])
  expect(await (await handle(call())).json()).toEqual({ done: 1, failed: 0 })
  expect(
    files
      .get('c/1/datos-0001.jsonl')!
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([...head, row])
  const csv = parseCsv(files.get('c/1/propuestas-0001.csv')!.slice(1).replaceAll('\r\n', '\n'))!
  const cells = Object.fromEntries(csv[0]!.map((name, at) => [name, csv[1]![at]]))
  expect(cells).toMatchObject({
    id: 'PR-1',
    texto: '\'=HYPERLINK("x")',
    retenida: 'falso',
    hallazgos: 'f1 f2',
    parte: '',
  })
  const [, [made], error] = settled[0]!
  const bytes = Buffer.from(files.get(made!.name)!)
  expect([made!.bytes, made!.sha256, error]).toEqual([
    bytes.length,
    createHash('sha256').update(bytes).digest('hex'),
    null,
  ])
})

test('a failed step is told with its code, and the next call goes on', async () => {
  const { settled, handle } = world([step({}), step({ page: 2 })], 1)
  expect(await (await handle(call())).json()).toEqual({ done: 1, failed: 1 })
  expect(settled.map(([work, made, error]) => [work, made.length, error])).toEqual([
    ['page', 0, 'put_failed (500)'],
    ['page', 2, null],
  ])
})

test('the closing writes tables, figures, dictionary and an index of all files; the next edition erases them', async () => {
  const before = [{ name: 'c/1/datos-0001.jsonl', bytes: 1, sha256: 'x', rows: 1 }]
  const { files, handle } = world([
    step({ work: 'closing', head, files: before, figures: '{"a":1}', hash: 'h' }),
  ])
  await handle(call())
  expect(files.get('c/1/cifras.json')).toBe('{"a":1}')
  const index = JSON.parse(files.get('c/1/indice.json')!) as {
    archivos: EditionFile[]
    cifras_sha256: string
  }
  expect(index).toMatchObject({ numero: 1, cifras_sha256: 'h' })
  expect(index.archivos.map(({ name }) => name.split('/').at(-1))).toEqual([
    'datos-0001.jsonl',
    'conteos.csv',
    'hallazgos.csv',
    'partes.csv',
    'seguimiento.csv',
    'cifras.json',
    'diccionario.json',
  ])
  const erasing = world([step({ work: 'erase', files: index.archivos })])
  for (const { name } of index.archivos) erasing.files.set(name, 'x')
  await erasing.handle(call())
  expect(erasing.files.size).toBe(0)
})

test('without the secret nothing is taken', async () => {
  const { handle, settled } = world([step({})])
  expect((await handle(new Request('http://localhost/', { method: 'POST' }))).status).toBe(401)
  expect(settled).toEqual([])
})
