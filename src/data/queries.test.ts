import 'fake-indexeddb/auto'
import { beforeAll, expect, test, vi } from 'vitest'
import { storedMediaId } from '@/media/store'
import { db, type MediaRow } from './db'
import { portableNow } from './exportDrafts'
import * as queries from './queries'
import type { LiveQuery } from './queries'
import * as staff from './staff/queries'

const ID = 'a1'
const MEMBER = 'ana'

/** Stores every row that some query reads only because of another row. */
beforeAll(async () => {
  const base = { scope: 'public', row: { notice_id: 'n' } }
  const draft = { convocatoria_id: 'c', convocatoria_title: '', answers: {}, step: '', updated_at: '' }
  await db.base.bulkPut([
    { ...base, entity: 'convocatoria', id: 'c' },
    { ...base, entity: 'notice', id: 'n' },
    { scope: `mine:${ID}`, entity: 'submission', id: ID, row: videoRow },
    { scope: `staff:${MEMBER}:c`, entity: 'item', id: ID, row: { id: ID, version: 1, received_at: '' } },
  ])
  await db.drafts.put({ id: 'd', kind: 'videos', ...draft })
  await db.items.put({
    id: ID,
    kind: 'videos',
    convocatoria_id: 'c',
    title: '',
    secret: '',
    folio: null,
    created_at: '',
  })
  await db.outbox.bulkAdd([op(ID, null), op(ID, MEMBER)])
  await db.overlay.put({ op_id: 'o', entity_id: ID, actor: MEMBER, row: null, xid: null, at: 0 })
  await db.media.put(media)
  await db.meta.put({ key: `kept:${MEMBER}`, value: { epoch: null, scopes: {} } })
})

const videoRow = {
  version: 1,
  kind: 'videos',
  convocatoria_id: 'c',
  state: 'received',
  content: { media: { status: 'awaiting_upload' } },
}
const op = (entity_id: string, actor: string | null) =>
  ({ op_id: `${entity_id}${actor}`, kind: 'video.attach', entity_id, actor, state: 'queued' }) as never
const media = { id: 'm', submission_id: ID, state: 'sealed', bytes: 1, offset: 0 } as MediaRow

const isQuery = (value: unknown): value is LiveQuery<unknown> =>
  typeof value === 'object' && value !== null && 'tables' in value

/** The exported queries of a module. Functions are called with the ids of the rows above. */
const queriesOf = (module: Record<string, unknown>): [string, LiveQuery<unknown>][] =>
  Object.entries(module).map(([name, value]) => {
    const made =
      typeof value === 'function' ? (value as (...args: string[]) => unknown)(...argsOf(name)) : value
    if (!isQuery(made)) throw new Error(`${name} is not a query`)
    return [name, made]
  })
const argsOf = (name: string): string[] =>
  name === 'convocatoriaById'
    ? ['c']
    : name === 'noticeById'
      ? ['n']
      : /^(kept|door|staff)/u.test(name)
        ? [MEMBER, ID]
        : [ID, MEMBER]

const all: [string, LiveQuery<unknown>][] = [
  ...queriesOf({ ...queries, noticesOf: () => queries.noticesOf(['c']) }),
  ...queriesOf(staff),
  ['portableNow', portableNow],
  ['storedMediaId', storedMediaId(ID)],
]

test.each(all)('the query %s reads only tables that it names', async (_, { tables, read }) => {
  vi.spyOn(Date, 'now').mockReturnValue(0) // `portableNow` has the time in its result
  const found = await db.transaction('r', [...tables], read)
  expect(await read()).toEqual(found)
})

test('a query that reads a table which it does not name fails', async () => {
  const { read } = queries.submissionById(ID)
  const withoutMedia = [db.items, db.outbox, db.overlay, db.base]
  await expect(db.transaction('r', withoutMedia, read)).rejects.toThrow('NotFoundError')
})
