/** The files of the insumos of campaigns as the server has them, and the uploads of this page. They outlive a section. */
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { Fault } from '@/domain/fault'
import type { InsumoFile } from '@/domain/insumo'
import { type Prepared, prepareFile } from './prepare'
import { announceFile, uploadFile } from './upload'

export interface Upload {
  state: 'sending' | 'waiting' | 'failed'
  sent: number
  /** Of a failed one: a code with words. */
  code?: string
  stop(): void
}

/** How long until the server is asked again about a file that it checks. It mostly takes less than a minute. */
const FIRST_POLL_MS = 3_000
const pauseAfter = (polls: number) => Math.min(FIRST_POLL_MS * 1.3 ** polls, 60_000)
/** After half an hour only opening the section asks again. */
const MAX_POLLS = 40

/** Uploads the file and tells how it goes. An upload that ended well or was stopped leaves nothing. */
async function follow(uploads: Map<string, Upload>, id: string, prepared: Prepared): Promise<void> {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  const set = (state: Upload['state'], change: Partial<Upload> = {}) =>
    uploads.set(id, { sent: uploads.get(id)?.sent ?? 0, ...change, state, stop })
  set('sending')
  try {
    await uploadFile({ id, mime: prepared.mime, bucket: 'insumos-intake' }, prepared.bytes, {
      signal: stopping.signal,
      onSent: (sent) => set('sending', { sent }),
      onWait: () => set('waiting'),
    })
    uploads.delete(id)
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'server'
    if (code !== 'stopped') set('failed', { code })
    else if (uploads.get(id)?.stop === stop) uploads.delete(id) // another upload may have taken its place
  }
}

const isChecked = ({ status, arrived }: InsumoFile) => status === 'waiting' && arrived

export const useInsumoFilesStore = defineStore('insumoFiles', () => {
  const files = shallowReactive(new Map<string, InsumoFile>())
  const uploads = shallowReactive(new Map<string, Upload>())
  let timer: ReturnType<typeof setTimeout> | undefined
  const ofCampaign = (campaign: string) =>
    [...files.values()].filter(({ convocatoria_id }) => convocatoria_id === campaign)

  /**
   * Reads the files of a campaign, and again, ever more rarely, while one of them that arrived is being checked. Keeps the
   * last ones without signal.
   */
  async function refresh(campaign: string, polls = 0): Promise<void> {
    clearTimeout(timer)
    const answer = await answerOf(supabase.rpc('insumo_files', { p_convocatoria: campaign })).catch(
      () => null,
    )
    const items = answer?.items ?? ofCampaign(campaign)
    for (const file of items) files.set(file.id, file)
    clearTimeout(timer)
    if (items.some(isChecked) && polls < MAX_POLLS)
      timer = setTimeout(() => void refresh(campaign, polls + 1), pauseAfter(polls))
  }

  /** An upload of the same bytes for the same campaign that was cut off goes on under its id. */
  const unfinished = (campaign: string, { sha256 }: Prepared) =>
    ofCampaign(campaign).find((file) => file.sha256 === sha256 && file.status === 'waiting' && !file.arrived)

  /** Faults as `rpc`. */
  async function announce(campaign: string, id: string, prepared: Prepared): Promise<InsumoFile> {
    const file = await announceFile(campaign, id, prepared)
    files.set(id, file)
    return file
  }

  /** Uploads an announced file to its end. What goes wrong is in `uploads`. */
  async function send(campaign: string, id: string, prepared: Prepared): Promise<void> {
    uploads.get(id)?.stop()
    await follow(uploads, id, prepared)
    await refresh(campaign)
  }

  /** Prepares and announces a chosen file, and goes on to upload it. Throws FileProblem; faults as `rpc`. */
  async function add(campaign: string, chosen: Blob): Promise<InsumoFile> {
    const prepared = await prepareFile(chosen)
    const id = unfinished(campaign, prepared)?.id ?? crypto.randomUUID()
    const file = await announce(campaign, id, prepared)
    void send(campaign, file.id, prepared)
    return file
  }
  return { files, uploads, refresh, announce, send, add }
})
