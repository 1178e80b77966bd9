/** The address from which a page shows a file: what is kept on this phone first, else the server's. */
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { PublicFile } from '@/domain/insumo'
import { addressOf, readKept } from './keptFiles'
import { useKeptFilesStore } from './keptFilesStore'

/** `url` is undefined until it is known, and null while the file has no public copy and is not kept. */
export function useFileUrl(file: () => PublicFile) {
  const store = useKeptFilesStore()
  const url = shallowRef<string | null | undefined>(undefined)
  const isKept = shallowRef(false)
  const release = () => url.value?.startsWith('blob:') && URL.revokeObjectURL(url.value)

  async function find(): Promise<void> {
    const { sha256, mime } = file()
    const blob = await readKept(sha256).catch(() => null)
    release()
    isKept.value = blob !== null
    url.value = blob ? URL.createObjectURL(new Blob([blob], { type: mime })) : addressOf(file())
  }
  watch([() => file().sha256, () => file().object, () => store.kept.has(file().sha256)], find, {
    immediate: true,
  })
  onScopeDispose(release)
  return { url, isKept }
}
