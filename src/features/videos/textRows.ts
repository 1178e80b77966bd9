import type { Convocatoria } from '@/domain/rows'
import type { VideoContent, VideoText } from '@/domain/video'
import { detailsOf } from './details'
import { t } from './words'

/** The texts of a video as summary rows. */
export function textRows(
  { pillar, title, summary, transcript, voiceless }: VideoText & Pick<VideoContent, 'voiceless'>,
  convocatoria?: Convocatoria,
) {
  const pillars = convocatoria ? detailsOf(convocatoria).pillars : []
  const pillarTitle = pillars.find(({ key }) => key === pillar)?.title ?? t('sent.unknown_pillar')
  return [
    { label: t('step.texto.name'), value: title },
    { label: t('step.texto.summary'), value: summary },
    { label: t('step.revisa.pillar'), value: pillarTitle },
    {
      label: t('step.texto.transcript'),
      value: transcript ?? t(voiceless ? 'gallery.voiceless' : 'step.revisa.no_transcript'),
    },
  ]
}
