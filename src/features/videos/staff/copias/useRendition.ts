/** Fetches the original, makes its public copy, sends it, and tells the server, which looks at it. */
import { onScopeDispose, ref } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { openFile } from '@/data/staff/useOpenedFile'
import { Fault } from '@/domain/fault'
import type { StaffItem } from '@/domain/staffRows'
import { uploadFile } from '@/staff/files/upload'
import { fetchWhole } from './fetchWhole'

type Stage = 'fetching' | 'making' | 'sending'

interface Watching {
  signal: AbortSignal
  enter: (stage: Stage) => void
  onShare: (share: number) => void
}

/** Faults as those of its parts; an abort rejects with the signal's reason. */
async function makeAndSend(
  { id, content: { media } }: StaffItem<'videos'>,
  { signal, enter, onShare }: Watching,
): Promise<void> {
  enter('fetching')
  const { url } = await openFile('videos-intake', media.id)
  const original = await fetchWhole(url, media.bytes, { signal, onShare })
  enter('making')
  const { makeCopy } = await import('./makeCopy')
  const { bytes, mime, ...facts } = await makeCopy(original, media.duration_ms, { signal, onShare })
  signal.throwIfAborted()
  enter('sending')
  const name = crypto.randomUUID()
  const p_file = { id: name, bytes: bytes.length, ...facts }
  await answerOf(supabase.rpc('add_rendition', { p_submission: id, p_file }))
  const onSent = (sent: number) => onShare(sent / bytes.length)
  const file = { id: name, mime, bucket: 'videos-intake' }
  await uploadFile(file, bytes, { signal, onSent, onWait: () => undefined })
  await answerOf(supabase.rpc('attach_rendition', { p_submission: id }))
}

/** `reload` asks for the submission anew, once its copy was sent. */
export function useRendition(reload: () => Promise<unknown>) {
  const stage = ref<Stage | null>(null)
  /** How much of the stage is done, 0 to 1. */
  const share = ref(0)
  const problem = ref<string | null>(null)
  let stopping = new AbortController()
  const stop = () => stopping.abort(new Fault('stopped', false))
  onScopeDispose(stop)

  const enter = (next: Stage) => {
    stage.value = next
    share.value = 0
  }
  const onShare = (done: number) => {
    share.value = done
  }
  async function run(item: StaffItem<'videos'>): Promise<void> {
    if (stage.value) return
    problem.value = null
    stopping = new AbortController()
    try {
      await makeAndSend(item, { signal: stopping.signal, enter, onShare })
      await reload()
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'copy_failed'
      problem.value = code === 'stopped' ? null : code
    } finally {
      stage.value = null
    }
  }
  return { stage, share, problem, run, stop }
}
