/** Lists of many rows, as the desk, the door and the public pages show them, from the app's own components. */
import '@/ui/tokens.css'
import '@/ui/base.css'
import '@/staff/desk/desk.css'
import '@/staff/desk/queue.css'
import '@/staff/desk/staff.css'
import '@/features/jornadas/staff/registrations/registrations.css'
import { createPinia } from 'pinia'
import { type Component, createApp, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import RegistrationTable from '@/features/jornadas/staff/registrations/RegistrationTable.vue'
import DoorList from '@/features/jornadas/staff/door/DoorList.vue'
import PublishedCard from '@/features/propuestas/PublishedCard.vue'
import QueueCard from '@/staff/queue/QueueCard.vue'
import QueueRow from '@/staff/queue/QueueRow.vue'
import { useChosen } from '@/staff/queue/useChosen'
import { expose } from '../support/expose'
import { takeLongTasks } from '../support/longTasks'

const TEXT =
  'Que los folletos sobre cómo pedir información estén en mazahua y en audio, para quien no lee español. '
const folioOf = (n: number) => `PR-2026-${String(n).padStart(6, '0')}-1`
const rows = (count: number) => Array.from({ length: count }, (_, n) => n)

const queued = (n: number) =>
  ({
    id: `s${n}`,
    folio: folioOf(n),
    kind: 'propuestas',
    convocatoria_title: 'Consulta',
    state: n % 3 ? 'received' : 'in_review',
    version: 1,
    received_at: '2026-11-20T12:00:00Z',
    late: n % 7 === 0,
    answer_by: '2026-12-18',
    part_label: `Acción ${n % 5}`,
    excerpt: TEXT.slice(0, 60 + (n % 5) * 8),
    municipality_name: 'Ixtlahuaca',
  }) as never
const registered = (n: number) =>
  ({
    id: `s${n}`,
    folio: folioOf(n),
    display_name: `Persona ${n} Robles Soto`,
    body_name: 'Secretaría de Ejemplo',
    mail_trouble: null,
    seats: [{ jornada_id: 'd1', status: n < 900 ? 'waiting' : 'confirmed', place: n + 1 }],
  }) as never
const guest = (n: number) =>
  ({
    line: { submission_id: `s${n}`, name: `Persona ${n}`, body: 'Secretaría de Ejemplo', folio: folioOf(n) },
    state: n % 2 ? 'confirmed' : 'attended',
    at: n % 2 ? null : '2026-12-08T16:00:00Z',
    op: null,
  }) as never
const published = (n: number) =>
  ({
    folio: folioOf(n),
    part_label: `Acción ${n % 5}`,
    body: TEXT.repeat(1 + (n % 6)),
    name: null,
    helps: 'yes',
    reply: TEXT,
    published_at: '2026-11-20T12:00:00Z',
  }) as never

const days = [{ id: 'd1', title: 'Primera', on_day: '2026-12-08' }] as never
const LISTS: Record<string, (count: number) => Component> = {
  queue: (count) => () =>
    h('table', { class: 'queue-table' }, [
      h(
        'tbody',
        rows(count).map((n) => h(QueueRow, { key: n, item: queued(n), isPicked: false })),
      ),
    ]),
  queue_phone: (count) => () =>
    h(
      'ul',
      { class: 'queue queue-cards', role: 'list' },
      rows(count).map((n) => h('li', { key: n }, [h(QueueCard, { item: queued(n) })])),
    ),
  registrations: (count) => () => {
    const items = rows(count).map(registered)
    const picks = useChosen(() => items)
    const to = () => ({ path: '/' })
    return h(RegistrationTable, {
      items,
      days,
      day: 'd1',
      counts: null,
      open: null,
      to,
      picks,
      canChoose: true,
    })
  },
  door: (count) => () => h(DoorList, { people: rows(count).map(guest), canNote: false, isExit: false }),
  published: (count) => () =>
    h(
      'div',
      { class: 'published' },
      rows(count).map((n) => h(PublishedCard, { key: n, item: published(n), slug: 'consulta', supports: 0 })),
    ),
}

function show(name: string, count: number): void {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: {} },
      { path: '/revision/:id', name: 'staff-review', component: {} },
    ],
  })
  createApp(LISTS[name]!(count)).use(createPinia()).use(router).mount('#root')
}

const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

/** To the end in steps of so many pixels, a frame for each, and back to the top at once. */
async function scroll(step: number): Promise<void> {
  for (let y = 0; y < document.documentElement.scrollHeight; y += step) {
    scrollTo(0, y)
    await painted()
  }
  scrollTo(0, 0)
  await painted()
}

expose({ show, longTasks: takeLongTasks, scroll })
