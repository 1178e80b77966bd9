// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createMemoryHistory, createRouter } from 'vue-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { ISLANDS } from '@/campaign/islands'
import { material } from '@/campaign/testing/material'
import { db } from '@/data/db'
import { listKinds } from '@/domain/kinds'
import { useSyncStore } from '@/sync/syncStore'
import { feature as jornadas } from '../jornadas/feature'
import { feature as propuestas } from '../propuestas/feature'
import { feature as videos } from '../videos/feature'
import EnvioView from './EnvioView.vue'

const opened = vi.hoisted(() => ({ count: 0 }))
vi.mock('@/data/observeTables', async (original) => {
  const { observeTables } = await original<typeof import('@/data/observeTables')>()
  const counted: typeof observeTables = (query, listener) => {
    opened.count += 1
    return observeTables(query, listener)
  }
  return { observeTables: counted }
})
vi.mock('@/sync/watchSubmission', () => ({ watchSubmission: () => () => undefined }))

const CONTENT = {
  propuestas: { part_id: null, body: 'Más árboles.', helps: null, sector: null, municipality: null },
  videos: {
    pillar: 'participacion',
    title: 'Mi calle',
    summary: 'Corto.',
    transcript: null,
    sector: null,
    municipality: null,
    media: {
      id: 'm1',
      bytes: 100,
      mime: 'video/mp4',
      duration_ms: 1000,
      width: 1,
      height: 1,
      status: 'awaiting_upload',
    },
  },
  jornadas: {
    body_name: 'Ayuntamiento',
    post: 'Titular',
    seats: [{ jornada_id: 'j1', status: 'confirmed' }],
  },
}
type Kind = keyof typeof CONTENT

async function fill(kind: Kind) {
  const { convocatoria } = material
  const row = {
    id: 's1',
    kind,
    folio: 'PC-2026-000001-1',
    version: 1,
    state: 'received',
    convocatoria_id: convocatoria.id,
    convocatoria_title: 'Consulta',
    convocatoria_slug: 'consulta',
    messages: [],
    has_email: true,
    display_name: 'Ana',
    captured_at: '2026-11-23T12:00:00Z',
    received_at: '2026-11-23T12:00:00Z',
    answer_by: '2026-12-18',
    late: false,
    correction_until: null,
    undo_withdrawal_until: null,
    content: CONTENT[kind],
  }
  await db.items.add({
    id: 's1',
    kind,
    convocatoria_id: convocatoria.id,
    title: 'Mi calle',
    secret: 's',
    folio: row.folio,
    created_at: row.captured_at,
  })
  await db.base.bulkAdd([
    { scope: 'mine:s1', entity: 'submission', id: 's1', row },
    { scope: 'public', entity: 'convocatoria', id: convocatoria.id, row: { ...convocatoria, kind } },
  ])
}

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  opened.count = 0
})

const LAST = { propuestas: 'Más árboles.', videos: 'Corto.', jornadas: 'Ayuntamiento' }

test.each(listKinds().map(({ name }) => name as Kind))(
  'the status page of %s opens at most three live queries of its own',
  async (kind) => {
    await fill(kind)
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/:rest(.*)*', component: {} }],
    })
    const pinia = createPinia()
    await useSyncStore(pinia).follow() // opens a query for the whole app, not for the page
    expect(opened.count).toBe(1)
    opened.count = 0
    const page = mount(EnvioView, {
      props: { id: 's1' },
      global: {
        plugins: [pinia, router],
        provide: { [ISLANDS as symbol]: { propuestas, videos, jornadas } },
      },
    })
    await vi.waitFor(() => expect(page.text()).toContain(LAST[kind]), { timeout: 20_000 })
    expect(opened.count).toBeGreaterThan(0)
    expect(opened.count).toBeLessThanOrEqual(3)
    page.unmount()
  },
)
