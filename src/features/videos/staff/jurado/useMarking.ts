/** One video of a juror: its form, kept on this device while it is typed, and what became of the saved one. */
import { computed, reactive, type Ref, ref, shallowRef, watch } from 'vue'
import type { OutboxOp } from '@/data/db'
import { answerOf, supabase } from '@/data/staff/client'
import { useLive } from '@/data/useLive'
import { useLoad } from '@/data/useLoad'
import { faultText } from '@/i18n/refusals'
import { attemptsOf } from '@/staff/attempt'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { keepStaffFiles } from '@/staff/offline/keepFiles'
import { dropKept, sendKept } from '@/staff/review/ownOp'
import { useKeeping } from '@/staff/review/useKeeping'
import type { JuryVideo } from '../../jury'
import { dropVideo, keptVideo, putVideo, readFile, readKeptVideo } from './keptJury'
import { formOf, type MarksForm } from './marks'
import { useJuryOps } from './useJuryOps'

/** The name of the form among the replies saved on this device. */
const KEPT = 'jury'

export function useMarking(id: string) {
  const { userId: actor } = useStaffSessionStore()
  const video = useVideo(actor, id)
  const { value, run } = video
  const opOf = useJuryOps(run)
  const op = computed(() => opOf(id))
  const stopped = computed(() => (op.value?.state === 'needs_person' ? op.value : null))
  const form = reactive<MarksForm>({ marks: [], reason: '' })
  const keeping = useKeeping<MarksForm>(actor, id, KEPT, () => ({ ...form }), show)

  /** Shows what is kept, or what was refused, or what the server has. */
  function show(kept: MarksForm | undefined) {
    const refused = stopped.value?.kind === 'jury.mark' ? (stopped.value.payload as MarksForm) : null
    Object.assign(form, kept ?? refused ?? (value.value ? formOf(value.value) : { marks: [], reason: '' }))
    keeping.isDirty.value = !!kept
  }
  const isFound = ref(false)
  void Promise.all([keeping.find(), run()]).then(([kept]) => {
    show(kept)
    isFound.value = true
  })
  watch([value, stopped], () => isFound.value && !keeping.isDirty.value && show(undefined))

  const acts = useActs({ id, actor, stopped, form, keeping, show })
  return { ...video, actor, op, stopped, form, isFound, keeping, ...acts }
}

/** The video as the server has it, and without signal as this juror keeps it. */
function useVideo(actor: string, id: string) {
  const {
    value: read,
    state,
    run: readNow,
  } = useLoad(async () => {
    const video = await answerOf(supabase.rpc('jury_video', { p_id: id }))
    void keepStaffFiles()
    await follow(actor, video).catch(() => undefined) // a full disk takes no video from the screen
    return video
  })
  const kept = useLive(keptVideo(actor, id), null)
  const copy = shallowRef<Blob | null>(null)
  const find = async () => {
    const one = await readKeptVideo(actor, id)
    copy.value = one?.whole ? await readFile(actor, id, one.video.media.mime) : null
  }
  watch(
    () => kept.value?.whole,
    () => void find().catch(() => undefined),
  )
  async function run(): Promise<void> {
    await Promise.all([readNow(), find().catch(() => undefined)])
    if (state.value === 'missing' || state.value === 'denied')
      await dropVideo(actor, id).catch(() => undefined)
  }
  return { value: computed(() => read.value ?? kept.value?.video ?? null), state, run, kept, copy }
}

/** What is kept of a video follows what the server says of it, and goes once all have marked it. */
async function follow(actor: string, video: JuryVideo): Promise<void> {
  const kept = await readKeptVideo(actor, video.id)
  if (!kept) return
  if (video.others) await dropVideo(actor, video.id)
  else await putVideo(actor, { ...kept, video })
}

interface Parts {
  id: string
  actor: string
  stopped: Readonly<Ref<OutboxOp | null>>
  form: MarksForm
  keeping: ReturnType<typeof useKeeping<MarksForm>>
  show: (kept: undefined) => void
}

function useActs({ id, actor, stopped, form, keeping, show }: Parts) {
  const isBusy = ref(false)
  const problem = ref('')
  const attempt = attemptsOf({ isBusy, problem }, faultText)
  const send = (kind: 'jury.mark' | 'jury.recuse', payload: object) =>
    attempt(() => sendKept(() => ({ kind, entity_id: id, payload, actor }), stopped, keeping))
  /** Discards what was refused, and shows what the server has. */
  const drop = () =>
    attempt(async () => {
      await dropKept(stopped, keeping)
      show(undefined)
    })
  return {
    isBusy,
    problem,
    save: () => send('jury.mark', { marks: form.marks, reason: form.reason.trim() }),
    recuse: (reason: string) => send('jury.recuse', { reason: reason.trim() }),
    drop,
  }
}
