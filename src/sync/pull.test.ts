import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { removeFromPhone } from '@/data/items'
import { getSubmission, listSubmissions } from '@/data/submissions'
import { takeFence } from './fence'
import { pull } from './pull'
import { ALL, later, Phone, submit, wipe } from './testing/phone'
import { publicValues, publish } from './testing/publicRows'

beforeEach(wipe)

test('the first pull reads page by page, and the next one takes one call for a change', async () => {
  const phone = new Phone()
  publish(phone.server, 5)
  await phone.cycle()
  expect(await publicValues()).toEqual([0, 1, 2, 3, 4])
  const calls = phone.server.calls
  phone.server.beginWriter().commit('p3', 33)
  await phone.cycle()
  expect(await publicValues()).toEqual([0, 1, 2, 33, 4])
  expect(phone.server.calls).toBe(calls + 1)
})

test('a change that commits after newer changes is not skipped', async () => {
  const phone = new Phone()
  publish(phone.server, 1)
  await phone.cycle()
  const slow = phone.server.beginWriter()
  phone.server.beginWriter().commit('p1', 10)
  await phone.cycle()
  expect(await publicValues()).toEqual([0])
  slow.commit('p2', 20)
  await phone.cycle()
  expect(await publicValues()).toEqual([0, 10, 20])
})

test('a verdict’s row stays on the screen until the pull has passed its transaction', async () => {
  const phone = new Phone()
  const slow = phone.server.beginWriter()
  await submit('s1', { text: 'x' })
  await phone.cycle()
  await later('s1', { text: 'changed' })
  await phone.cycle()
  expect(await db.overlay.count()).toBe(2)
  expect((await getSubmission('s1'))?.row).toMatchObject({ version: 2, content: { body: 'changed' } })
  slow.commit('p0', 0)
  await phone.cycle()
  expect(await db.overlay.count()).toBe(0)
  expect((await getSubmission('s1'))?.row).toMatchObject({ version: 2, content: { body: 'changed' } })
})

test('a submission that the server has not received is not pulled, so it is not denied', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  phone.network.plan = ['500']
  await phone.cycle()
  expect((await db.items.get('s1'))?.denied).toBeUndefined()
})

test('a submission saved while the scopes are collected is not pulled, so it is not denied', async () => {
  const phone = new Phone()
  const read = db.items.toArray.bind(db.items)
  vi.spyOn(db.items, 'toArray').mockImplementationOnce((async () => {
    await submit('s1', { text: 'x' })
    return read()
  }) as unknown as typeof db.items.toArray)
  await pull(phone.engine(), await takeFence(phone.clock), 'mine')
  expect(await db.items.get('s1')).toMatchObject({ id: 's1' })
  expect((await db.items.get('s1'))?.denied).toBeUndefined()
})

test('a denied submission loses its rows, stays in the list and says that it is unknown', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  await phone.cycle()
  phone.server.erase('s1')
  await phone.cycle()
  expect(await db.base.where({ scope: 'mine:s1', entity: 'submission' }).count()).toBe(0)
  expect(await listSubmissions()).toMatchObject([
    { id: 's1', row: null, chip: 'needs_attention', refusal: { code: 'submission_unknown' } },
  ])
})

test('an answer for a submission that was removed during the call is not written', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  await phone.cycle({ ...ALL, reach: 'none' })
  const { held, release } = phone.network.hold()
  const cycle = phone.cycle()
  await held
  expect(await removeFromPhone('s1')).toBe(true)
  release()
  await cycle
  expect(await db.base.where({ scope: 'mine:s1', entity: 'submission' }).count()).toBe(0)
  expect(await listSubmissions()).toEqual([])
})

test('more than fifty scopes are pulled in several calls', async () => {
  const phone = new Phone()
  for (let index = 0; index < 60; index += 1) await submit(`s${index}`, { text: 'x' })
  await phone.cycle({ ...ALL, reach: 'none' })
  const spy = vi.spyOn(phone.server, 'pullChanges')
  await phone.cycle()
  expect(spy.mock.calls.map(([pulls]) => pulls.length)).toEqual([50, 11])
  expect(await db.overlay.count()).toBe(0)
})

test('a pull fails when the server promises more pages but does not move the cursor', async () => {
  const phone = new Phone()
  publish(phone.server, 5)
  await phone.cycle()
  const answer = phone.server.pullChanges([{ scope: 'public', cursor: '1.0' }])
  const cursor = (await db.cursors.get('public'))!.cursor
  answer.pulls = [{ scope: 'public', status: 'ok', reset: false, more: true, cursor, changes: [] }]
  vi.spyOn(phone.server, 'pullChanges').mockReturnValue(answer)
  expect(await phone.cycle()).toBe('failed')
})
