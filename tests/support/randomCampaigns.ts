/** Random campaigns as the studio may hold them: whole, half written and odd, but never with what saving refuses. */
import fc from 'fast-check'
import { FORMATTED } from '@/domain/formattedText'
import { canon } from '@/domain/canon'
import { documents } from '@/staff/text/testing/documents'
import { writeText } from '@/staff/text/writeText'

type Sections = Record<string, Record<string, unknown>>
export interface RandomCampaign {
  kind: 'propuestas' | 'videos' | 'jornadas'
  sections: Sections
}

/** Texts with quotes, braces, accents and characters outside the BMP; in their only form, as saving keeps them. */
const text = (max: number) =>
  fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .map((value) => canon([...value.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')].slice(0, max).join('')))
const isCanonical = (value: string) => canon(value) === value
/** A text that may be formatted (docs/formatted-text.md). */
const formattable = (max: number) =>
  fc.oneof(
    text(max),
    documents
      .map(writeText)
      .filter((value) => [...value].length <= max && isCanonical(value.replace(FORMATTED, ''))),
  )
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const day = fc
  .date({ min: new Date('2030-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const id = fc.uuid()
const several = <T>(item: fc.Arbitrary<T>, max = 4) => fc.array(item, { maxLength: max })
const record = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape)

const textos = record({
  title: text(120),
  slug: fc.stringMatching(/^[a-z]{3,12}-[0-9a-f]{12}$/u),
  summary: text(300),
  question: maybe(text(500)),
  who_decides: formattable(1000),
  what_happens_next: maybe(formattable(2000)),
  label: maybe(text(120)),
  source: maybe(text(500)),
})
/** Two different values in order. */
const inOrder = <T extends string | number>(value: fc.Arbitrary<T>) =>
  fc.uniqueArray(value, { minLength: 2, maxLength: 2 }).map(([a, b]) => (a! < b! ? [a!, b!] : [b!, a!]))

const fechas = inOrder(day.map((date) => `${date}T12:00:00-06:00`)).chain(([opens_at, closes_at]) =>
  record({
    opens_at: fc.constant(opens_at),
    closes_at: fc.constant(closes_at),
    grace_hours: fc.integer({ min: 0, max: 168 }),
    inputs_on: maybe(day),
    results_on: maybe(day),
    answer_by: maybe(day),
    milestones: several(
      inOrder(day).chain(([on, until]) =>
        record({
          on: fc.constant(on),
          until: maybe(fc.constant(until)),
          title: text(120),
          note: maybe(text(300)),
        }),
      ),
    ),
  }),
)
/** What a consent may allow in a campaign of each kind. */
const PERMISSIONS = {
  propuestas: ['political_opinions', 'text', 'name', 'municipality'],
  videos: ['image_voice', 'text', 'name', 'municipality', 'licence'],
  jornadas: ['accessibility'],
} as const
/** `allows` and `until` are absent in older notices. */
const consentOf = (kind: RandomCampaign['kind']) =>
  fc.record(
    {
      key: fc.stringMatching(/^[a-z][a-z_]{1,20}$/u),
      text: text(400),
      required: fc.boolean(),
      allows: fc.subarray([...PERMISSIONS[kind]]),
      until: maybe(text(160)),
    },
    { requiredKeys: ['key', 'text', 'required'] },
  )
const avisoOf = (kind: RandomCampaign['kind']) =>
  record({
    notice_id: fc.constant(null),
    notice: record({
      title: fc.stringMatching(/^Aviso [a-z]{1,20}$/u),
      simplified: several(text(200)),
      full: several(record({ heading: text(160), paragraphs: several(formattable(200)) })),
      consents: fc.uniqueArray(consentOf(kind), { maxLength: 4, selector: ({ key }) => key }),
    }),
  })
const commonOf = (kind: RandomCampaign['kind']) => ({ textos, fechas, aviso: avisoOf(kind) })

const estrategia = several(record({ id, title: text(160) }), 3).chain((topics) =>
  record({
    topics: fc.constant(topics),
    parts:
      topics.length === 0
        ? fc.constant([])
        : fc.uniqueArray(
            record({
              id,
              topic_id: fc.constantFrom(...topics.map((topic) => topic.id)),
              kind: fc.constantFrom('action', 'paragraph'),
              number: fc.stringMatching(/^[A-Z][0-9]{1,3}$/u),
              title: text(160),
              body: formattable(4000),
              answered_by: maybe(text(120)),
            }),
            { maxLength: 6, selector: ({ number }) => number },
          ),
  }),
)
const page = { id, title: text(160), summary: text(400), body: text(4000), source: maybe(text(500)) }
const LICENCES = ['cc-by-4.0', 'cc0-1.0', 'other'] as const
/** `file` is the id of a file that whoever makes the campaign has to add. */
const fileItem = record({
  ...page,
  kind: fc.constantFrom('pdf', 'image', 'audio', 'figures'),
  file: fc.uuid({ version: 4 }),
  licence: maybe(fc.constantFrom(...LICENCES)),
})
const insumos = record({ items: several(fc.oneof(record({ ...page, body: formattable(20_000) }), fileItem)) })
const pilares = record({
  pillars: fc.uniqueArray(
    record({ key: fc.stringMatching(/^[a-z][a-z_]{0,12}$/u), title: text(120), hint: formattable(300) }),
    { maxLength: 5, selector: ({ key }) => key },
  ),
})
const video = inOrder(fc.integer({ min: 1, max: 3600 })).chain(([min_s, max_s]) =>
  record({
    min_s: fc.constant(min_s),
    max_s: fc.constant(max_s),
    max_bytes: fc.integer({ min: 1, max: 2_147_483_647 }),
    medium: text(200),
    licence_until: day,
    selection_on: maybe(day),
    rubric: several(record({ title: text(120), hint: maybe(text(300)) })),
  }),
)
const CLASSES = ['poder_ejecutivo', 'partido_politico', 'sindicato', 'ayuntamiento', 'opdapas']
const grupos = record({
  groups: several(record({ id, name: text(120), classes: fc.subarray(CLASSES) }), 3),
})
const jornadasOf = (groups: readonly { id: string }[]) =>
  record({
    days: several(
      day.chain((on_day) =>
        record({
          id,
          group_id: fc.constantFrom(...groups.map((group) => group.id)),
          title: text(160),
          speaker: text(160),
          speaker_post: maybe(text(160)),
          on_day: fc.constant(on_day),
          starts_at: fc.constant(`${on_day}T10:00:00-06:00`),
          ends_at: fc.constant(`${on_day}T12:00:00-06:00`),
          place: maybe(text(200)),
          address: maybe(text(300)),
          accessibility: maybe(text(500)),
          link: maybe(fc.constant('https://ejemplo.example/sala')),
          modality: fc.constantFrom('presencial', 'virtual'),
          capacity: maybe(fc.integer({ min: 1, max: 100_000 })),
        }),
      ),
      groups.length === 0 ? 0 : 4,
    ),
  })

const constancia = fc.oneof(
  record({ rule: fc.constantFrom('', 'day', 'all'), hours: fc.constant(null) }),
  record({ rule: fc.constant('hours'), hours: fc.integer({ min: 1, max: 500 }) }),
)

const ruled = {
  body_limit: maybe(fc.integer({ min: 1, max: 1000 })),
  approval: fc.boolean(),
  tell_liaison: fc.boolean(),
}
const inscripcion = fc.oneof(
  record({ ...ruled, ask_days: fc.constant(null), silence_frees: fc.constant(false) }),
  record({ ...ruled, ask_days: fc.integer({ min: 1, max: 30 }), silence_frees: fc.boolean() }),
)

const question = (at: string) =>
  fc.oneof(
    record({
      id: fc.constant(at),
      kind: fc.constant('scale'),
      text: text(160),
      options: fc.constant<string[]>([]),
    }),
    record({
      id: fc.constant(at),
      kind: fc.constant('choice'),
      text: text(160),
      options: fc.array(text(80), { minLength: 2, maxLength: 8 }),
    }),
  )
const encuesta = record({
  questions: fc
    .constantFrom(0, 3, 6)
    .chain((count) => fc.uniqueArray(id, { minLength: count, maxLength: count }))
    .chain((ids) => fc.tuple(...ids.map(question))),
})

const sectionsOf = {
  propuestas: record({ ...commonOf('propuestas'), estrategia, insumos }),
  videos: record({ ...commonOf('videos'), pilares, video }),
  jornadas: grupos.chain((groups) =>
    record({
      ...commonOf('jornadas'),
      grupos: fc.constant(groups),
      jornadas: groups.groups.length === 0 ? fc.constant({ days: [] }) : jornadasOf(groups.groups),
      inscripcion,
      constancia,
      encuesta,
    }),
  ),
}

export const randomCampaign: fc.Arbitrary<RandomCampaign> = fc
  .constantFrom<RandomCampaign['kind']>('propuestas', 'videos', 'jornadas')
  .chain((kind) => record({ kind: fc.constant(kind), sections: sectionsOf[kind] as fc.Arbitrary<Sections> }))
