// @vitest-environment happy-dom
/** The room of a chosen video: what each of its states says and offers, and what it asks of the worker. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { MakeTask, Order } from '@/media/film/asks'
import type { Seen } from '@/media/film/plan'
import { Fault } from '@/domain/fault'
import { detailsOf } from '../details'
import { duration, megabytes } from '../facts'
import { material } from '../testing/material'
import FilmRoom from './FilmRoom.vue'
import type { FoundVideo } from './lookInto'
import { t } from './words'

interface Making {
  task: Omit<MakeTask, 'do'>
  signal: AbortSignal
  share: (share: number) => void
  orders: Order[]
  end: (made: Blob) => void
  fail: (cause: unknown) => void
}
const phone = vi.hoisted(() => ({
  inspected: {} as object,
  seen: null as object | null,
  codec: 'avc',
  making: null as unknown,
  posters: [] as number[],
}))
vi.mock('@/media/inspect', () => ({ inspectVideo: async () => phone.inspected }))
vi.mock('@/media/measure', () => ({
  measure: async () => ({ durationMs: 180_020, width: 1280, height: 720 }),
}))
vi.mock('@/media/poster', () => ({
  makePoster: async (_: Blob, atS: number) => {
    phone.posters.push(atS)
    return `poster at ${atS}`
  },
}))
vi.mock('@/media/cleaner', () => ({
  loadCleaner: async () => ({
    judgeFile: async () => ({ tells: [], picture: phone.codec, sound: 'aac' }),
    cleaned: async (chosen: object) => chosen,
  }),
}))
vi.mock('@/media/film/filmer', () => ({
  lookAt: async () => phone.seen,
  drawStrip: async ({ atS }: { atS: number[] }, _: AbortSignal, tell: (at: number, picture: Blob) => void) =>
    atS.forEach((at) => tell(at, new Blob(['x']))),
  makeFile: (
    task: object,
    watching: { signal: AbortSignal; onShare: unknown; onStart: (send: unknown) => void },
  ) =>
    new Promise((end, fail) => {
      const orders: Order[] = []
      phone.making = { task, signal: watching.signal, share: watching.onShare, orders, end, fail }
      watching.signal.addEventListener('abort', () => fail(watching.signal.reason))
      watching.onStart((order: Order) => orders.push(order))
    }),
}))
const making = () => phone.making as Making

const SEEN: Seen = {
  sound: 'aac',
  decodesPicture: true,
  decodesSound: true,
  encodesPicture: true,
  rate: 30,
  soundBps: 128_000,
}
const found = (bytes: number, seconds: number) => ({
  mime: 'video/mp4',
  bytes,
  durationMs: seconds * 1000,
  width: 1920,
  height: 1080,
  hasSound: true,
})
const limits = detailsOf(material.convocatoria)
const kept: { file: { file: Blob; mime: string }; found: FoundVideo }[] = []
const keepFile = async (file: { file: Blob; mime: string }, told: FoundVideo) => {
  kept.push({ file, found: told })
}

async function enter(bytes: number, seconds: number, seen: Seen | null = SEEN): Promise<VueWrapper> {
  Object.assign(phone, { inspected: found(bytes, seconds), seen })
  const props = {
    file: new Blob(['chosen']),
    limits,
    keepFile,
    agree: 'Usar',
    agreeHint: 'Se copia.',
  } as never
  const room = mount(FilmRoom, { props })
  await flushPromises()
  return room
}
const press = async (room: VueWrapper, words: string) => {
  await room
    .findAll('button')
    .find((button) => button.text() === words)!
    .trigger('click')
  await flushPromises()
}
const words = (room: VueWrapper) => room.findAll('button').map((button) => button.text())
const primary = (room: VueWrapper) => room.findAll('.button-primary').map((button) => button.text())
const made = (bytes: number) => {
  const blob = new Blob(['made'], { type: 'video/mp4' })
  Object.defineProperty(blob, 'size', { value: bytes })
  return blob
}

beforeEach(() => {
  kept.length = 0
  Object.assign(phone, { making: null, posters: [], codec: 'avc' })
})

describe('a video of the campaign’s limits', () => {
  test('that is light is used as it is, with one primary button', async () => {
    const room = await enter(5_000_000, 20)
    expect(primary(room)).toEqual(['Usar'])
    expect(words(room)).not.toContain(t('film.shrink'))
    await press(room, 'Usar')
    expect(phone.making).toBeNull()
    expect(kept[0]!.found).toMatchObject({ durationMs: 20_000, poster: 'poster at 1' })
    expect(room.emitted('leave')).toHaveLength(1)
  })

  test('that is heavy gets lighter, and the megabytes before and after are said', async () => {
    const room = await enter(130_000_000, 60)
    expect(primary(room)).toEqual([t('film.shrink')])
    expect(words(room)).toContain(t('film.as_is', { size: megabytes(130_000_000) }))
    expect(room.text()).toContain(megabytes(130_000_000))
    expect(room.text()).toContain(megabytes(15_000_000))
    await press(room, t('film.shrink'))
    expect(making().task).toMatchObject({ recipe: { height: 720 }, maxBytes: 45_000_000 })
    expect(making().task).not.toHaveProperty('part')
    making().share(0.42)
    await flushPromises()
    expect(room.text()).toContain(t('film.making', { percent: 42 }))
    expect(room.text()).toContain(t('film.making.hint'))
    making().end(made(14_000_000))
    await flushPromises()
    expect(kept[0]!.found).toMatchObject({ bytes: 14_000_000, durationMs: 60_000, width: 1280, height: 720 })
  })

  test('that few phones show says so', async () => {
    phone.codec = 'hevc'
    const room = await enter(5_000_000, 20)
    expect(room.text()).toContain(t('film.elsewhere'))
    expect(primary(room)).toEqual([t('film.shrink')])
  })

  test('whose sound this phone cannot play says so, and may be sent as it is', async () => {
    const room = await enter(130_000_000, 60, { ...SEEN, decodesSound: false })
    expect(room.text()).toContain(t('film.unheard'))
    expect(primary(room)).toEqual(['Usar'])
  })
})

describe('the work', () => {
  test('pauses and goes on by a button', async () => {
    const room = await enter(130_000_000, 60)
    await press(room, t('film.shrink'))
    await press(room, t('film.pause'))
    expect(making().orders.at(-1)).toEqual({ do: 'pause' })
    expect(room.text()).toContain(t('film.making.paused', { percent: 0 }))
    await press(room, t('film.resume'))
    expect(making().orders.at(-1)).toEqual({ do: 'resume' })
  })

  test('pauses while nobody sees the page, and says so afterwards', async () => {
    const room = await enter(130_000_000, 60)
    await press(room, t('film.shrink'))
    const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    expect(making().orders.at(-1)).toEqual({ do: 'pause' })
    state.mockRestore()
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    expect(making().orders.at(-1)).toEqual({ do: 'resume' })
    expect(room.text()).toContain(t('film.making.hidden'))
  })

  test('that the person cancels leaves the video chosen', async () => {
    const room = await enter(130_000_000, 60)
    await press(room, t('film.shrink'))
    await press(room, t('film.cancel'))
    expect(making().signal.aborted).toBe(true)
    expect(primary(room)).toEqual([t('film.shrink')])
    expect(kept).toEqual([])
  })

  test('that fails offers the original, and is not offered again', async () => {
    const room = await enter(130_000_000, 60)
    await press(room, t('film.shrink'))
    making().fail(new Fault('media_cannot_make', false))
    await flushPromises()
    expect(room.find('[role=alert]').text()).toBe(t('film.failed.body'))
    expect(primary(room)).toEqual(['Usar'])
    expect(room.emitted('refuse')).toBeUndefined()
  })

  test('that fails without space refuses the file with its words', async () => {
    const room = await enter(130_000_000, 60)
    await press(room, t('film.shrink'))
    making().fail(new Fault('storage_full', false))
    await flushPromises()
    expect(room.emitted('refuse')).toEqual([['storage_full']])
  })
})

describe('a video over the limits', () => {
  test('of length opens its part, whose ends stay within the limits, and is kept with its length', async () => {
    const room = await enter(900_000_000, 600)
    expect(room.text()).toContain(t('film.too_long.body'))
    const end = room.get<HTMLInputElement>('#part-end')
    expect(end.attributes('aria-valuetext')).toBe('3 min 0 s')
    await end.setValue('300')
    expect(room.get('#part-start').attributes('aria-valuetext')).toBe('2 min 0 s')
    await room.get('#part-start').trigger('keydown', { key: 'PageUp' })
    expect(room.get('#part-start').attributes('aria-valuetext')).toBe('2 min 1 s')
    await room.get('#part-start').trigger('keydown', { key: 'PageDown' })
    await press(room, t('film.shrink'))
    expect(making().task.part).toEqual({ startS: 120, endS: 300 })
    making().end(made(44_000_000))
    await flushPromises()
    expect(kept[0]!.found.durationMs, 'a hair over the limit is the limit').toBe(180_000)
  })

  test('of size, where it cannot be made lighter, says how long a part may be and offers it', async () => {
    const room = await enter(600_000_000, 120, null)
    expect(room.text()).toContain(t('film.too_heavy.cut', { part: duration(57_000) }))
    expect(primary(room)).toEqual([])
    await room.get('#part-end').setValue('50')
    expect(primary(room)).toEqual([t('film.part.use')])
    await press(room, t('film.part.use'))
    expect(making().task).toMatchObject({ part: { startS: 0, endS: 50 } })
    expect(making().task).not.toHaveProperty('recipe')
  })
})

test('a video of which even the shortest part is too large says to film it with less', async () => {
  const room = await enter(1_000_000_000, 20, null)
  expect(room.text()).toContain(t('film.too_heavy.again'))
  expect(primary(room)).toEqual([])
})

test('the cover is a picture of the part, and pictures outside of it are none', async () => {
  const room = await enter(5_000_000, 80)
  await press(room, t('film.part.open'))
  await room.get('#part-start').setValue('30')
  const shots = room.findAll<HTMLInputElement>('input[name=cover]')
  expect(shots.map(({ element }) => element.disabled)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
  expect(shots.findIndex(({ element }) => element.checked)).toBe(3)
  await shots[5]!.trigger('change')
  await press(room, t('film.part.use'))
  making().end(made(3_000_000))
  await flushPromises()
  expect(kept[0]!.found.poster).toBe('poster at 55')
})
