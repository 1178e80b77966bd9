/** What the consent names, what staff read before they publish and what everybody reads are the same, by one list. */
import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NoticeConsent } from '@/domain/rows'
import type { StaffItem } from '@/domain/staffRows'
import { island as propuestas } from '@/features/propuestas/staff/island'
import { island as videos } from '@/features/videos/staff/island'
import { registerStaffKinds } from '@/staff/kinds'
import { OWN_COLUMNS, type PublishedPart } from '@/staff/published'
import { publicLines } from '@/staff/review/publication'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'
import * as ax from './voiceFixtures'

registerStaffKinds([propuestas, videos])

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

type Shown = Record<string, unknown>
interface Published {
  item: StaffItem
  /** As everybody reads it. */
  shown: Shown
  /** What staff read about it. */
  lines: string[]
}

const given = { display_name: 'Ana Ruiz', municipality: '15106', sector: 'academia' } as const
const published = async (name: string, convocatoria: string, id: string): Promise<Published> => {
  const item = (await callAs(db, fx.moderator, 'review_item', { p_id: id })) as StaffItem
  const { items } = (await callAs(db, anon, name, { p_convocatoria: convocatoria })) as { items: Shown[] }
  return { item, shown: items.find(({ folio }) => folio === item.folio)!, lines: publicLines(item) }
}
interface Answered {
  notice_id: string
  notice_hash: string
  consents: { key: string; granted: boolean }[]
}
/** Publishes a submission whose author answered this notice and gave name and municipality; a propuesta was spoken. */
const publishers = {
  propuestas: async (answered: Answered) => {
    const { id } = await ax.arriveVoice(db, { ...given, ...answered })
    await ax.transcribe(db, id, 'Que las actas se lean en voz alta en la plaza.')
    await fx.decide(db, fx.moderator, id, 'accept', { message: 'Gracias.' })
    await fx.decide(db, fx.moderator, id, 'publish')
    await vx.runJobs(db)
    return published('published_propuestas', fx.OPEN, id)
  },
  videos: async (answered: Answered) => {
    const { id } = await vx.publishVideo(db, { ...given, ...answered })
    return published('published_videos', vx.VIDEOS, id)
  },
}
const kinds = [
  { kind: 'propuestas', island: propuestas, campaign: fx.OPEN, notice: fx.NOTICE },
  { kind: 'videos', island: videos, campaign: vx.VIDEOS, notice: vx.VIDEO_NOTICE },
] as const
type Case = (typeof kinds)[number]

const partsOf = ({ island }: Case) => (island.publication as { parts: readonly PublishedPart[] }).parts
const consentsOf = async (notice: string) => {
  const { rows } = await db.pool.query<{ consents: NoticeConsent[] }>(
    'select consents from app.notices where id = $1',
    [notice],
  )
  return rows[0]!.consents
}

/** Publishes a submission of the kind whose author granted all of a notice that has these consents. */
async function publishUnder(of: Case, consents: NoticeConsent[]): Promise<Published> {
  const { rows } = await db.pool.query<{ id: string; hash: string }>(
    `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
     select 1, $2, simplified, full_form, $3, published_on, '' from app.notices where id = $1 returning id, hash`,
    [of.notice, randomUUID(), JSON.stringify(consents)],
  )
  const { id, hash } = rows[0]!
  await db.pool.query('update app.convocatorias set notice_id = $2 where id = $1', [of.campaign, id])
  return publishers[of.kind]({
    notice_id: id,
    notice_hash: hash,
    consents: consents.map(({ key }) => ({ key, granted: true })),
  })
}

/** The consents of the demonstration before they named the municipality. */
const FORMER: Record<string, string> = {
  political_opinions: 'Mi propuesta puede mostrar mis opiniones políticas. Autorizo usarla en esta consulta.',
  licence: 'Autorizo su uso gratuito y no exclusivo hasta el 31 de diciembre de 2030.',
}
const FORMER_PUBLISH = {
  propuestas: 'Autorizo publicar mi propuesta y, si lo escribí, mi nombre.',
  videos: 'Autorizo publicar mi imagen y mi voz en la página de esta convocatoria.',
}

describe.each(kinds)('a submission of kind $kind', (of) => {
  const columnsOf = (parts: readonly PublishedPart[]) =>
    [...OWN_COLUMNS, ...parts.flatMap(({ columns }) => columns)].sort()

  test('has the same list in SQL as in its folder', async () => {
    const { rows } = await db.pool.query(
      `select permission, columns from app.kind_permissions where kind = $1 and columns <> '{}' order by position`,
      [of.kind],
    )
    expect(rows).toEqual(partsOf(of).map(({ permission, columns }) => ({ permission, columns })))
  })

  test('is published with what its consent names, and staff read that before', async () => {
    const consents = await consentsOf(of.notice)
    const { item, shown, lines } = await publishUnder(of, consents)
    const words = consents.map(({ text }) => text).join(' ')
    for (const name of partsOf(of).flatMap(({ named }) => named)) expect(words).toContain(name)
    expect(Object.keys(shown).sort()).toEqual(columnsOf(partsOf(of)))
    expect(shown).toMatchObject({ name: 'Ana Ruiz', municipality: '15106' })
    for (const part of partsOf(of)) {
      const told = part.linesOf(item)
      expect([part.permission, told.length > 0, lines]).toEqual([
        part.permission,
        true,
        expect.arrayContaining(told),
      ])
    }
    expect(lines.join(' ')).toMatch(/Ana Ruiz.*Toluca/u)
  })

  test.each(partsOf(of).flatMap(({ permission, isOptional }) => (isOptional ? [permission] : [])))(
    'is published without its %s where the consent does not allow it',
    async (left) => {
      const consents = (await consentsOf(of.notice)).map((one) => ({
        ...one,
        allows: one.allows!.filter((permission) => permission !== left),
      }))
      expectLess(await publishUnder(of, consents), left)
    },
  )

  test('is published without a municipality that the consent allows and does not name', async () => {
    const consents = (await consentsOf(of.notice)).map((one) => ({
      ...one,
      text: one.text.replace(/(?: y|,) mi municipio/u, ''),
    }))
    expectLess(await publishUnder(of, consents), 'municipality')
  })

  test('is published with its name and without its municipality under a notice from before consents said what they allow', async () => {
    const consents = (await consentsOf(of.notice)).map(({ key, required }) => ({
      key,
      required,
      text: key === 'publish' ? FORMER_PUBLISH[of.kind] : (FORMER[key] ?? 'Así es.'),
    }))
    expectLess(await publishUnder(of, consents), 'municipality')
  })

  function expectLess({ item, shown, lines }: Published, left: string) {
    const part = partsOf(of).find(({ permission }) => permission === left)!
    expect(part.columns.map((column) => shown[column])).toEqual(part.columns.map(() => null))
    const [gone] = part.linesOf(item)
    expect(gone).toBeTruthy()
    expect(lines).not.toContain(gone)
    expect(lines.join(' ')).toMatch(left === 'name' ? /Toluca/u : /Ana Ruiz/u)
    expect(Object.keys(shown).sort()).toEqual(columnsOf(partsOf(of)))
  }
})
