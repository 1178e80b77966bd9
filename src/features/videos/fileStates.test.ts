// @vitest-environment happy-dom
/** What each state of a file says: held, in the place of a held one, undecodable, and without the code that cleans it. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { ACTS } from '@/campaign/form/campaignForm'
import { Fault } from '@/domain/fault'
import type { SubmissionState } from '@/domain/states'
import type { PublishedVideo, StaffVideoContent } from '@/domain/video'
import staffWords from '@/i18n/es-MX/videosStaff.json'
import type { Transfer } from '@/media/transfers'
import { detailsOf } from './details'
import GalleryCard from './GalleryCard.vue'
import VideoFindings from './staff/VideoFindings.vue'
import ChooseVideo from './steps/ChooseVideo.vue'
import { material } from './testing/material'
import TransferCard from './TransferCard.vue'
import { t as film } from './film/words'
import { t } from './words'

const phone = vi.hoisted(() => ({ transfer: null as object | null }))
vi.mock('@/media/useTransfer', () => ({
  useTransfer: () => ({ transfer: ref(phone.transfer), networkKnown: ref(true) }),
}))
vi.mock('@/sync/watchSubmission', () => ({ watchSubmission: () => () => undefined }))
const cleaner = vi.hoisted(() => ({ load: vi.fn() }))
vi.mock('@/media/cleaner', () => ({ loadCleaner: cleaner.load }))
vi.mock('@/media/film/files', () => ({ WORKER_FILE: '/assets/video-worker-abc.js' }))
vi.mock('@/media/film/filmer', () => ({ lookAt: async () => null }))
vi.mock('@/media/poster', () => ({ makePoster: async () => null }))
vi.mock('@/media/inspect', () => ({
  inspectVideo: async () => ({
    mime: 'video/quicktime',
    bytes: 5_000_000,
    durationMs: 20_000,
    width: 640,
    height: 480,
    hasSound: true,
  }),
}))

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:all(.*)', component: {} }],
})
const plugins = () => ({ global: { plugins: [router] } })

beforeEach(() => (phone.transfer = null))

const fileOf = (tells: string[], status = 'mismatch') => ({
  media: { id: 'old', status, bytes: 5_000_000, expires_at: '2026-12-01T00:00:00Z', tells },
})

function card(content: object, state?: SubmissionState, transfer?: Partial<Transfer>): VueWrapper {
  if (transfer) {
    const whole = { total: 10, sent: 0, percent: 0, paused: false, cancelled: false, wifiOnly: false }
    const own = {
      mediaId: 'new',
      replaces: 'old',
      announcing: 'op',
      reason: null,
      remainingS: null,
      ...whole,
      ...transfer,
    }
    phone.transfer = own
  }
  return mount(TransferCard, { props: { id: 's1', content, state }, ...plugins() })
}
const linkTo = (shown: VueWrapper) => shown.find('a[href="/envios/s1/archivo"]')

describe('a file that the server holds', () => {
  test.each([
    ['held', ['tags', 'time']],
    ['broken', ['truncated']],
    ['mismatch', []],
  ] as const)('says why it is %s and offers to send another one', (name, tells) => {
    const shown = card(fileOf([...tells]), 'received')
    expect(shown.text()).toContain(t(`transfer.${name}`))
    expect(shown.text()).toContain(t(`transfer.${name}.body`))
    expect(shown.text()).toContain(t('replace.how'))
    expect(linkTo(shown).text()).toBe(t('replace.title'))
  })

  test.each(['rejected', 'withdrawn', 'not_selected'] as const)(
    'offers no other one when the submission is %s',
    (state) => {
      const shown = card(fileOf(['tags']), state)
      expect(shown.text()).toContain(t('replace.answered'))
      expect(linkTo(shown).exists()).toBe(false)
    },
  )

  test('offers nothing to somebody who only looks at the submission', () => {
    const shown = card(fileOf(['tags']))
    expect(shown.text()).toContain(t('transfer.held'))
    expect(shown.text()).not.toContain(t('replace.how'))
    expect(linkTo(shown).exists()).toBe(false)
  })
})

describe('another file on this phone', () => {
  test('waits for its announcement, and the person can change their mind', () => {
    const shown = card(fileOf(['tags']), 'received', { state: 'waiting', reason: 'announced_first' })
    expect(shown.text()).toContain(t('transfer.waiting'))
    expect(shown.text()).toContain(t('reason.announced_first'))
    expect(shown.text()).not.toContain(t('transfer.held'))
    expect(shown.text()).toContain(t('replace.drop'))
  })

  test('that met a decision says so, and can be sent to the new version', () => {
    const shown = card(fileOf(['tags']), 'correction_requested', {
      state: 'needs_person',
      reason: 'conflict',
    })
    expect(shown.text()).toContain(t('transfer.unaccepted'))
    expect(shown.text()).toContain(t('reason.conflict'))
    expect(shown.text()).toContain(t('replace.agree'))
    expect(shown.text()).toContain(t('replace.drop'))
  })

  test('that met a rejection can only be given up', () => {
    const shown = card(fileOf(['tags']), 'rejected', { state: 'needs_person', reason: 'conflict' })
    expect(shown.text()).not.toContain(t('replace.agree'))
    expect(shown.text()).toContain(t('replace.drop'))
  })

  test('that exceeds the limits is not sent unchanged', () => {
    const shown = card(fileOf(['tags']), 'received', { state: 'needs_person', reason: 'media_too_large' })
    expect(shown.text()).toContain(t('transfer.unaccepted'))
    expect(shown.text()).not.toContain(t('replace.agree'))
  })
})

/** The room's code is imported when a file is chosen. */
async function roomOpens(): Promise<void> {
  await flushPromises()
  await vi.dynamicImportSettled()
  await flushPromises()
}

const keepFile = async () => undefined
describe('a chosen file', () => {
  const choose = async () => {
    const limits = detailsOf(material.convocatoria)
    const props = { limits, keepFile, agree: 'Usar', agreeHint: 'Se copia.', owner: 's1', pillar: null }
    const shown = mount(ChooseVideo, { props, ...plugins() })
    const input = shown.find('[data-video=choose]')
    Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'v.mov')] })
    await input.trigger('change')
    await roomOpens()
    return shown
  }
  const judges = (picture: string) => ({ judgeFile: async () => ({ tells: [], picture, sound: 'aac' }) })

  test('stays chosen on a phone without the code that cleans it, until there is signal', async () => {
    cleaner.load.mockRejectedValue(new Fault('media_code_missing', true))
    const shown = await choose()
    expect(shown.text()).toContain(t('step.video.unready'))
    expect(shown.text()).toContain(t('step.video.unready.body'))
    expect(shown.text()).not.toContain(t('step.video.refused'))
    cleaner.load.mockResolvedValue(judges('avc'))
    window.dispatchEvent(new Event('online'))
    await roomOpens()
    expect(shown.text()).not.toContain(t('step.video.unready'))
    expect(shown.text()).toContain('Usar')
  })

  test('and no other has the step’s primary button beside «Continuar», until it is kept or left', async () => {
    cleaner.load.mockResolvedValue(judges('avc'))
    const acts = ref(false)
    const provide = { [ACTS as symbol]: acts }
    const limits = detailsOf(material.convocatoria)
    const props = {
      limits,
      keepFile,
      agree: 'Usar',
      agreeHint: 'Se copia.',
      owner: 's1',
      pillar: null,
      hasKept: true,
    }
    const shown = mount(ChooseVideo, { props, global: { plugins: [router], provide } })
    const primary = () => shown.findAll('.button-primary').map((button) => button.text())
    expect([acts.value, primary()], 'one is kept').toEqual([false, []])
    const input = shown.find('[data-video=choose]')
    Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'v.mov')] })
    await input.trigger('change')
    await roomOpens()
    expect([acts.value, primary()], 'another is chosen').toEqual([true, ['Usar']])
    shown.unmount()
    expect(acts.value, 'the step is left').toBe(false)
  })

  test('whose picture cannot be shown here is said with its codec before anything is sent', async () => {
    cleaner.load.mockResolvedValue(judges('hevc'))
    const shown = await choose()
    expect(shown.text()).toContain(film('step.video.unseen'))
    expect(shown.text()).toContain('H.265 (HEVC)')
    expect(shown.text()).toContain('Usar')
  })
})

test('staff read why a file is held, and how picture and sound are coded', () => {
  const found = {
    bytes: 5,
    sha256: 'a',
    mime: 'video/mp4',
    tells: ['tags', 'tracks'] as const,
    picture: 'hevc',
    sound: null,
  }
  const media = { status: 'mismatch', bytes: 5, sha256: 'a', mime: 'video/mp4', found }
  const shown = mount(VideoFindings, { props: { media: media as unknown as StaffVideoContent['media'] } })
  for (const key of ['tell.tags', 'tell.tracks', 'findings.held', 'findings.equal'] as const)
    expect(shown.text()).toContain(staffWords[key])
  expect(shown.text()).not.toContain(staffWords['tell.time'])
  expect(shown.text()).toContain('H.265 (HEVC)')
  expect(shown.text()).toContain(staffWords['codec.unknown'])
})

test('a video of the gallery whose picture this browser cannot decode says so while it plays', async () => {
  const item = {
    title: 'Uno',
    summary: 'Dos',
    bytes: 5,
    duration_ms: 20_000,
    mime: 'video/mp4',
    object: 'o.mp4',
  }
  const published = { ...item, poster: null, published_at: '2026-11-20T12:00:00Z', folio: 'VI-1', name: null }
  const shown = mount(GalleryCard, {
    props: { item: published as unknown as PublishedVideo, about: 'Pilar', slug: 'clips' },
    ...plugins(),
  })
  expect(shown.find('img').exists()).toBe(false)
  await shown.find('button').trigger('click')
  await flushPromises()
  Object.defineProperty(shown.find('video').element, 'videoWidth', { value: 0 })
  await shown.find('video').trigger('loadedmetadata')
  expect(shown.find('[role=alert]').text()).toBe(t('gallery.unseen'))
})
