// @vitest-environment happy-dom
/** What the folio of a video says of its captions. */
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Sent } from '@/campaign/submission/sent'
import { db } from '@/data/db'
import { answersKey } from '@/data/items'
import type { VideoContent } from '@/domain/video'
import VideoStanding from './VideoStanding.vue'
import { t } from './words'

beforeEach(() => db.meta.clear())

const shown = (state: string) => {
  const sent = {
    id: 's1',
    state,
    pending: [],
    content: { transcript: 'Hola.' },
  } as unknown as Sent<VideoContent>
  return mount(VideoStanding, {
    props: { sent },
    global: { stubs: { TransferCard: true, RouterLink: true } },
  })
}

test.each(['accepted', 'published'])(
  'captions that are only on this phone are said on the folio of a video that is %s, with the way to them',
  async (state) => {
    await db.meta.put({ key: answersKey('s1', 'captions'), value: { cues: [], over: [] } })
    const folio = shown(state)
    await vi.waitFor(() => expect(folio.text()).toContain(t('captions.unsent')), { timeout: 10_000 })
    expect(folio.html()).toContain('/envios/s1/subtitulos')
  },
)

test('a folio without unsent captions says nothing of them', async () => {
  const read = vi.spyOn(db.meta, 'where')
  const folio = shown('published')
  expect(read).toHaveBeenCalled()
  await new Promise((done) => setTimeout(done, 50)) // longer than the read takes, which shows nothing
  expect(folio.text()).not.toContain(t('captions.unsent'))
})
