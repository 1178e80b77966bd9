import { onScopeDispose, readonly, ref, watch } from 'vue'
import { previewUrl } from './bytes'

/** An object URL of this phone's copy while the component is mounted; null without a copy that can be read. */
export function usePreview(mediaId: () => string | null) {
  const url = ref<string | null>(null)
  let isGone = false

  function show(next: string | null): void {
    if (url.value) URL.revokeObjectURL(url.value)
    url.value = next
  }

  watch(
    mediaId,
    async (id) => {
      show(null)
      const next = id === null ? null : await previewUrl(id).catch(() => null)
      if (!isGone && mediaId() === id) show(next)
      else if (next) URL.revokeObjectURL(next)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    isGone = true
    show(null)
  })
  return readonly(url)
}
