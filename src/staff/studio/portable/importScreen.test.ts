// @vitest-environment happy-dom
/** Importing a campaign: what the file brings is shown, and nothing is created before the person decided. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex } from '@noble/curves/utils.js'
import { flushPromises, mount } from '@vue/test-utils'
import canonicalize from 'canonicalize'
import { createPinia } from 'pinia'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { PortablePreview } from '@/domain/portableCampaign'
import { makeHasher } from '@/media/hash'
import { pdf } from '@/staff/files/testing/files'
import { registerStaffKinds } from '../../kinds'
import { toBase64 } from './assets'
import ImportCampaignView from './ImportCampaignView.vue'

type Call = [fn: string, args?: Record<string, unknown>]
const { answers, calls, uploads } = vi.hoisted(() => ({
  /** What becomes of the next uploads; one that is not here ends well. */
  uploads: [] as ((id: string) => Promise<void>)[],
  answers: {} as Record<string, unknown>,
  calls: [] as unknown[],
}))
vi.mock('@/data/staff/client', () => ({
  answerOf: (call: Promise<unknown>) => call,
  supabase: {
    rpc: (...call: Call) => {
      calls.push(call)
      return Promise.resolve(answers[call[0]])
    },
  },
}))
vi.mock('@/staff/files/upload', async (original) => ({
  ...(await original<object>()),
  uploadFile: (id: string, _: unknown, watch: { onSent(bytes: number): void }) => {
    watch.onSent(1)
    return uploads.shift()?.(id) ?? Promise.resolve()
  },
}))
const imports = () => (calls as Call[]).filter(([fn]) => fn === 'import_campaign').map(([, args]) => args!)

const SEED = new Uint8Array(32).fill(9)
const PUBLIC_KEY = bytesToHex(ed25519.getPublicKey(SEED))
const CONTENT = {
  schema: 1,
  kind: 'propuestas',
  sections: { textos: { title: 'Lenguas originarias' }, estrategia: {} },
  classes: [{ key: 'municipio', name: 'Municipios' }],
  institution: { name: 'Instituto vecino' },
  exported_at: '2026-11-28T12:00:00Z',
}
function signedFile(change: object = {}, more: object = {}) {
  const content = { ...CONTENT, ...more, document: 'campaign', key_id: '2026-11-28', public_key: PUBLIC_KEY }
  const bytes = new TextEncoder().encode(canonicalize(content))
  const file = { ...content, signature: bytesToHex(ed25519.sign(bytes, SEED)), ...change }
  return new File([JSON.stringify(file)], 'campana.json')
}
/** A file with two insumos of which the second one's bytes are missing. */
function fileWithAssets() {
  const bytes = pdf()
  const hash = makeHasher()
  hash.update(bytes)
  const asset = { id: 'a', kind: 'pdf', mime: 'application/pdf', bytes: bytes.length, sha256: hash.hex() }
  const items = ['a', 'b'].map((file) => ({ title: `Documento ${file}`, kind: 'pdf', file }))
  const sections = { ...CONTENT.sections, insumos: { items } }
  return signedFile({ files: { [asset.sha256]: toBase64(bytes) } }, { sections, assets: [asset] })
}
const preview = (change: Partial<PortablePreview> = {}): PortablePreview => ({
  classes: [{ key: 'ayuntamiento', name: 'Ayuntamientos' }],
  unknown_classes: [],
  imported: [],
  ...change,
})

async function choose(file: File) {
  const blank = { template: '<i/>' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/importar', name: 'staff-campaign-import', component: blank },
      { path: '/campanas', name: 'staff-campaigns', component: blank },
      { path: '/campanas/:id', name: 'staff-campaign', component: blank },
    ],
  })
  await router.push('/importar')
  const screen = mount(ImportCampaignView, {
    global: { plugins: [router, createPinia()] },
    attachTo: document.body,
  })
  const input = screen.get<HTMLInputElement>('#campaign-file')
  Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
  await input.trigger('change')
  await vi.waitFor(
    () => expect(screen.find('#file-preview, #sent-files, [role=alert]').exists()).toBe(true),
    {
      timeout: 20_000,
    },
  )
  const create = async () => {
    await screen
      .findAll('button')
      .find((button) => button.text() === 'Crear borrador')!
      .trigger('click')
    await flushPromises()
  }
  return { screen, router, create }
}

beforeAll(() =>
  registerStaffKinds([
    {
      kind: 'propuestas',
      names: { one: 'Propuesta', many: 'Propuestas', campaign: 'Consulta', yours: 'tu propuesta' },
      isModerated: true,
      isOwedAnswer: true,
      Review: {},
      SentWords: {},
      publication: 'nada',
      sections: [],
      notice: { permissions: {}, partsOf: vi.fn() },
    },
  ]),
)
beforeEach(() => {
  calls.length = 0
  document.body.innerHTML = ''
  answers['preview_import'] = preview()
  answers['bootstrap'] = { signing_keys: [{ id: '2026-11-28', public_key: PUBLIC_KEY }] }
  answers['import_campaign'] = {}
  answers['add_insumo_file'] = { arrived: false, status: 'waiting' }
  answers['insumo_files'] = { items: [] }
})

test('a file that this project signed shows what it brings and becomes a draft', async () => {
  const { screen, router, create } = await choose(signedFile())
  for (const words of ['Lenguas originarias', 'Consulta', 'Instituto vecino', 'Este proyecto firmó'])
    expect(screen.text()).toContain(words)
  await create()
  expect(imports()).toEqual([
    { p_id: expect.any(String), p_document: CONTENT, p_classes: {}, p_again: false, p_files: {} },
  ])
  expect(router.currentRoute.value.params['id']).toBe(imports()[0]!['p_id'])
})

test('an unknown signer is named with its key, and nothing is created before the person trusts it', async () => {
  answers['bootstrap'] = {}
  const { screen, create } = await choose(signedFile())
  expect(screen.text()).toContain('El archivo dice venir de Instituto vecino')
  expect(screen.text()).toContain(PUBLIC_KEY)
  await create()
  expect(imports()).toEqual([])
  expect(screen.text()).toContain('Falta que confirmes')
  expect(document.activeElement?.id).toBe('trust-signer')
  await screen.get('#trust-signer').setValue(true)
  await create()
  expect(imports()).toHaveLength(1)
})

test('a file that was imported before names its draft and needs a confirmation', async () => {
  answers['preview_import'] = preview({
    imported: [{ id: 'uno', title: 'Lenguas', imported_at: '2026-11-27T12:00:00Z' }],
  })
  const { screen, create } = await choose(signedFile())
  expect(screen.text()).toContain('Esta campaña ya se importó aquí')
  await create()
  expect(imports()).toEqual([])
  await screen.get('#import-again').setValue(true)
  await create()
  expect(imports()[0]).toMatchObject({ p_again: true })
})

test('each unknown class is matched by hand under its name, or left out', async () => {
  answers['preview_import'] = preview({ unknown_classes: ['municipio'] })
  const { screen, create } = await choose(signedFile())
  expect(screen.get('label[for=class-municipio]').text()).toContain('Municipios')
  await create()
  expect(imports()).toEqual([])
  expect(document.activeElement?.id).toBe('class-municipio')
  await screen.get('#class-municipio').setValue('ayuntamiento')
  await create()
  expect(imports()[0]).toMatchObject({ p_classes: { municipio: 'ayuntamiento' } })
})

test.each<[string, object, string]>([
  ['changed after it was signed', { institution: { name: 'Otro' } }, 'alguien lo cambió o se dañó'],
  ['of a newer schema', { schema: 2 }, 'versión más nueva'],
  ['of an unknown kind', { kind: 'encuestas' }, 'tipo de campaña que este proyecto no conoce'],
])('a file %s is refused in words, and the server is not asked', async (_, change, words) => {
  const { screen } = await choose(signedFile(change))
  expect(screen.get('[role=alert]').text()).toContain(words)
  expect(calls).toEqual([])
})

test('a file that cannot enter is named, and the others are announced and sent after the draft is made', async () => {
  const { screen, router, create } = await choose(fileWithAssets())
  expect(screen.text()).toContain('1 archivo')
  expect(screen.text()).toContain('«Documento b»: No viene en el archivo.')
  let arrive = () => {}
  uploads.push(() => new Promise((done) => (arrive = done)))
  await create()
  const { p_id, p_files } = imports()[0] as { p_id: string; p_files: Record<string, string> }
  expect(Object.keys(p_files)).toEqual(['a'])
  const announced = (calls as Call[]).find(([fn]) => fn === 'add_insumo_file')![1]
  expect(announced).toMatchObject({ p_convocatoria: p_id, p_id: p_files['a'], p_kind: 'pdf' })
  expect(screen.text()).toContain('Subiendo')
  expect(screen.text()).toContain('No cierres esta pestaña')
  answers['insumo_files'] = { items: [{ id: p_files['a'], arrived: true, status: 'verified' }] }
  arrive()
  await flushPromises()
  expect(screen.text()).toContain('Llegaron todos')
  await screen.get('.button-primary').trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.params['id']).toBe(p_id)
})

test('files that did not arrive are said to be missing and sent again, without a second draft', async () => {
  const { screen, create } = await choose(fileWithAssets())
  uploads.push(() => Promise.reject(new Error('cut')))
  await create()
  expect(screen.text()).toContain('El borrador no se pierde')
  answers['insumo_files'] = {
    items: [{ id: Object.values(imports()[0]!['p_files'] as object)[0], arrived: true }],
  }
  await screen
    .findAll('button')
    .find((button) => button.text() === 'Subir los que faltan')!
    .trigger('click')
  await flushPromises()
  expect(screen.text()).toContain('Llegaron todos')
  expect(imports()).toHaveLength(1)
})

test('after a closed tab the same file continues its draft, with the same ids and without a copy; another file does not', async () => {
  const cut = await choose(fileWithAssets())
  uploads.push(() => new Promise(() => undefined))
  await cut.create()
  const { p_id, p_files } = imports()[0] as { p_id: string; p_files: Record<string, string> }
  cut.screen.unmount()
  answers['preview_import'] = preview({
    imported: [{ id: p_id, title: '', imported_at: '2026-11-28T12:00:00Z' }],
  })
  const other = await choose(signedFile({}, { sections: { textos: { title: 'Otra' }, insumos: {} } }))
  expect(other.screen.text()).toContain('Crear borrador')
  calls.length = 0
  answers['add_insumo_file'] = { id: p_files['a'], arrived: true, status: 'waiting' }
  const { screen } = await choose(fileWithAssets())
  expect(screen.text()).toContain('Llegaron todos')
  expect(imports()).toEqual([])
  expect((calls as Call[]).find(([fn]) => fn === 'add_insumo_file')![1]).toMatchObject({
    p_convocatoria: p_id,
    p_id: p_files['a'],
  })
  const again = await choose(fileWithAssets())
  expect(again.screen.text()).toContain('Crear borrador') // all arrived: nothing is left to continue
})
