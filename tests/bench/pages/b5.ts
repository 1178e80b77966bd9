/**
 * The app: a sealed video with its text sent, and the page's own scheduler, which starts whenever the page
 * opens.
 */
import '../support/stores'
import '@/features/kinds'
import { db } from '@/data/db'
import { saveItem } from '@/data/items'
import type { VideoSubmission } from '@/domain/video'
import { startUploads } from '@/media/start'
import { stageMedia } from '@/media/store'
import { enqueue } from '@/sync/enqueue'
import { startSync } from '@/sync/start'
import { chosenFile, expose } from '../support/expose'

startSync()
startUploads()

/** Copies and seals the file, as choosing a video does. */
async function prepare(mediaId: string, submissionId: string): Promise<void> {
  await stageMedia({ id: mediaId, submissionId, file: chosenFile(), mime: 'video/mp4' })
}

/** Sends the text and the file, as «Enviar» does. */
async function start(mediaId: string, id: string, common: VideoSubmission): Promise<void> {
  const { sha256 } = (await db.media.get(mediaId))!
  const secret = id.replaceAll('-', '')
  const payload = { ...common, media: { ...common.media, id: mediaId, sha256: sha256! } }
  const rest = { convocatoria_id: common.convocatoria_id, folio: null, created_at: new Date().toISOString() }
  await enqueue({ kind: 'video.submit', entity_id: id, payload, secret }, () =>
    saveItem({ id, kind: 'videos', title: 'Video', secret, ...rest }),
  )
}

async function state(mediaId: string): Promise<'running' | 'error' | 'done'> {
  const media = await db.media.get(mediaId)
  if (!media || media.state === 'uploaded') return 'done'
  return media.state === 'needs_person' ? 'error' : 'running'
}

expose({ prepare, start, state, again: () => undefined })
