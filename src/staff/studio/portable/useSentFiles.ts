/** The files of an imported draft on their way to the server. Sending goes on while another page is open. */
import { computed, ref } from 'vue'
import { useInsumoFilesStore } from '@/staff/files/filesStore'
import { attemptsOf } from '../../attempt'
import type { BroughtFile } from './importFiles'
import { forgetImport } from './unfinished'
import { failureText, t } from './words'

/** Announces every file of the draft `campaign`, so that its studio knows them, and uploads one after another. */
export function useSentFiles(campaign: () => string, files: () => readonly BroughtFile[]) {
  const store = useInsumoFilesStore()
  const isBusy = ref(false)
  const problem = ref('')
  const hasArrived = ({ id }: BroughtFile) => store.files.get(id)?.arrived === true
  const arrived = computed(() => files().filter(hasArrived).length)

  const attempt = attemptsOf({ isBusy, problem }, failureText)

  const send = () =>
    attempt(async () => {
      for (const { id, prepared } of files()) await store.announce(campaign(), id, prepared)
      for (const file of files()) if (!hasArrived(file)) await store.send(campaign(), file.id, file.prepared)
      if (arrived.value === files().length) forgetImport(campaign())
    })
  function stateOf(file: BroughtFile): string {
    if (hasArrived(file)) return t('sending.arrived')
    const upload = store.uploads.get(file.id)
    const percent = String(Math.floor((100 * (upload?.sent ?? 0)) / file.prepared.bytes.length))
    if (upload)
      return upload.state === 'failed' ? t('sending.failed') : t(`sending.${upload.state}`, { percent })
    return t(isBusy.value ? 'sending.queued' : 'sending.missing')
  }
  return { isBusy, problem, arrived, send, stateOf }
}
