/** The pages of a call for videos that are read without script: one for each published video, with what is said in it. */
import { descriptionOf } from '@/campaign/share/campaignPage'
import {
  heading,
  linkTo,
  type SharedKind,
  type SharePage,
  type ShareRead,
  some,
  words,
} from '@/campaign/share/sharePage'
import type { Convocatoria } from '@/domain/rows'
import type { PublishedVideo } from '@/domain/video'
import type { Page } from '@/domain/wire'
import { formatDay } from '@/ui/dates'
import { detailsOf } from './details'
import { t } from './words'

/** `PT1M20S`. */
function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`
}

const dataOf =
  ({
    title,
    summary,
    transcript,
    object,
    poster,
    captions,
    ...video
  }: PublishedVideo): NonNullable<SharePage['data']> =>
  (addressOf) => {
    const at = (name: string) => addressOf('videos-public', name)
    return {
      '@type': 'VideoObject',
      name: title,
      description: summary,
      uploadDate: video.published_at,
      duration: lengthOf(video.duration_ms),
      contentUrl: at(object),
      encodingFormat: video.mime,
      contentSize: String(video.bytes),
      ...(!video.voiceless && { inLanguage: 'es-MX' }),
      ...(poster && { thumbnailUrl: at(poster) }),
      ...(transcript && { transcript }),
      ...(captions && {
        caption: { '@type': 'MediaObject', contentUrl: at(captions), encodingFormat: 'text/vtt' },
      }),
    }
  }

export function videoPage(video: PublishedVideo, campaign: Convocatoria): SharePage {
  const { folio, title, summary, transcript, voiceless, name, reply } = video
  const pillar =
    detailsOf(campaign).pillars.find(({ key }) => key === video.pillar)?.title ?? t('sent.unknown_pillar')
  const sector = video.sector && t(`sector.${video.sector}`)
  const of = `/c/${campaign.slug}`
  return {
    path: `${of}/galeria/${folio}`,
    title,
    description: descriptionOf(summary),
    blocks: [
      words(
        some([
          pillar,
          sector,
          name ?? t('gallery.anonymous'),
          voiceless ? t('gallery.voiceless') : null,
        ]).join(' · '),
      ),
      words(summary),
      ...(transcript ? [heading(t('gallery.transcript')), words(transcript)] : []),
      ...(reply ? [heading(t('gallery.reply')), words(reply)] : []),
      words(`${t('gallery.on', { day: formatDay(video.published_at) })} ${folio}`),
      linkTo(`${of}/galeria`, t('gallery.title')),
      linkTo(of, campaign.title),
    ],
    data: dataOf(video),
    picture: { about: pillar, words: title, state: some([name]).join(''), foot: folio },
  }
}

const listPage = (campaign: Convocatoria): SharePage => ({
  path: `/c/${campaign.slug}/galeria`,
  title: t('gallery.title'),
  description: descriptionOf(campaign.title),
  blocks: [linkTo(`/c/${campaign.slug}`, campaign.title)],
  picture: { about: t('gallery.title'), words: campaign.title, state: '', foot: '' },
})

async function* pagesOf(campaign: Convocatoria, read: ShareRead): AsyncGenerator<SharePage> {
  if (campaign.published_count === 0) return
  yield listPage(campaign)
  for (let after: string | null = ''; after !== null;) {
    const page: Page<PublishedVideo> = await read('published_videos', {
      p_convocatoria: campaign.id,
      ...(after && { p_after: after }),
    })
    for (const video of page.items) yield videoPage(video, campaign)
    after = page.next
  }
}

export const share: SharedKind = { kind: 'videos', promotes: true, pagesOf }
