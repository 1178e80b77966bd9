/** Published data of a small consultation, for tests. */
import type { FormMaterial } from '../form/campaignForm'

export const ACTION = '00000000-0000-4000-8000-00000000000a'
export const PARAGRAPH = '00000000-0000-4000-8000-00000000000b'
/** An instant at which the consultation is open. */
export const DURING = new Date('2026-11-23T12:00:00-06:00')

export const material: FormMaterial = {
  convocatoria: {
    id: '00000000-0000-4000-8000-000000000001',
    slug: 'consulta',
    kind: 'propuestas',
    title: 'Consulta',
    summary: '',
    label: null,
    results_on: null,
    published_count: 0,
    opens_at: '2026-11-20T00:00:00-06:00',
    closes_at: '2026-11-28T23:59:59-06:00',
    received_until: '2026-11-30T23:59:59-06:00',
    question: '',
    who_decides: '',
    what_happens_next: '',
    source: null,
    inputs_on: null,
    answer_by: '2026-12-18',
    notice_id: '00000000-0000-4000-8000-0000000000f0',
    milestones: [],
    topics: [
      { id: 't1', title: 'Formación' },
      { id: 't2', title: 'Difusión' },
    ],
    details: null,
    parts: [
      {
        id: ACTION,
        topic_id: 't1',
        kind: 'action',
        number: '1.1',
        title: 'Capacitación',
        body: 'Dar talleres.',
      },
      {
        id: PARAGRAPH,
        topic_id: 't2',
        kind: 'paragraph',
        number: '2',
        title: 'Alcance',
        body: 'Llegar lejos.',
      },
    ],
  },
  notice: {
    id: '00000000-0000-4000-8000-0000000000f0',
    version: 2,
    title: 'Aviso',
    label: null,
    hash: 'h2',
    simplified: [],
    full: [],
    consents: [
      { key: 'political_opinions', text: 'Autorizo usarla.', required: true },
      { key: 'publish', text: 'Autorizo publicarla.', required: false },
    ],
    published_on: '2026-11-01',
  },
  municipalities: [
    { cve: '15106', name: 'Toluca' },
    { cve: '15060', name: 'Nezahualcóyotl' },
    { cve: '15001', name: 'Acambay de Ruíz Castañeda' },
    { cve: '15017', name: 'Ayapango' },
    { cve: '15016', name: 'Axapusco' },
  ],
}
