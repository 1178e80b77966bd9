/** The files of the section being edited: choosing one, and what became of each. */
import { onScopeDispose, ref, watch } from 'vue'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import type { SectionContext } from '@/staff/studio/section'
import type { InsumoItem, OfFile } from '../insumos'
import { t } from '../words'
import { FileProblem } from '@/staff/files/fileProblem'
import { useInsumoFilesStore } from '@/staff/files/filesStore'

const wordsOf = (cause: unknown): string => {
  if (cause instanceof FileProblem) return [cause.detail, problemText(cause.code)].filter(Boolean).join(' ')
  const code = cause instanceof Fault ? cause.code : 'server'
  return code === 'offline' || code === 'timeout' ? t('file.offline') : problemText(code)
}

export function useFiles(
  context: () => SectionContext,
  items: () => readonly InsumoItem[],
  touch: () => void,
) {
  const store = useInsumoFilesStore()
  /** Why the file that was chosen last cannot be used, and where it was chosen. */
  const problem = ref({ at: '', text: '' })
  const isReading = ref(false)
  const statusOf = (item: InsumoItem) => (item.file ? store.files.get(item.file)?.status : undefined)

  /** A file that was checked meanwhile has changed what the section lacks, which a save finds out. */
  function learn(): void {
    const waited = context()
      .problemsOf('insumos')
      .filter(({ code }) => code === 'file_unverified')
    const isSettled = ({ id, file }: InsumoItem) =>
      waited.some(({ field }) => field === `insumo-${id}-file`) &&
      store.files.get(file ?? '')?.status !== 'waiting'
    if (items().some(isSettled)) touch()
  }
  void store.refresh(context().id).then(learn)
  const stop = watch([() => items().map(statusOf).join(), () => context().problemsOf('insumos')], learn)
  onScopeDispose(stop)

  /** Takes a file that was chosen at `at` into `put`; whatever goes wrong is shown there. */
  async function choose(chosen: File, at: string, put: (file: OfFile) => void) {
    if (isReading.value) return
    problem.value = { at, text: '' }
    isReading.value = true
    try {
      const { id, kind } = await store.add(context().id, chosen)
      put({ kind, file: id })
    } catch (cause) {
      problem.value = { at, text: t('file.unusable', { name: chosen.name, why: wordsOf(cause) }) }
    } finally {
      isReading.value = false
    }
  }
  return { store, problem, isReading, choose }
}

export type FilesEditing = ReturnType<typeof useFiles>
