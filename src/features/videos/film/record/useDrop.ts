/** Takes a file that is dropped anywhere on the page, or pasted. */
import { onScopeDispose, ref } from 'vue'

/** Call it in a setup. `refuse`: several came, and one video is asked for. */
export function useDrop(take: (file: File) => void, refuse: () => void) {
  /** Whether a file is held over the page. */
  const isOver = ref(false)
  const hasFiles = (data: DataTransfer | null) => !!data?.types.includes('Files')

  function receive(event: Event, data: DataTransfer | null): void {
    isOver.value = false
    if (!hasFiles(data)) return
    event.preventDefault() // a browser leaves the page for a dropped file
    const files = [...data!.files]
    if (files.length === 1) take(files[0]!)
    else if (files.length > 1) refuse()
  }
  const drop = (event: DragEvent) => receive(event, event.dataTransfer)
  const paste = (event: ClipboardEvent) => receive(event, event.clipboardData)
  function over(event: DragEvent): void {
    if (!hasFiles(event.dataTransfer)) return
    event.preventDefault()
    isOver.value = true
  }
  function leave(event: DragEvent): void {
    if (event.relatedTarget === null) isOver.value = false
  }
  const listening = new AbortController()
  const { signal } = listening
  document.addEventListener('dragover', over, { signal })
  document.addEventListener('dragleave', leave, { signal })
  document.addEventListener('drop', drop, { signal })
  document.addEventListener('paste', paste, { signal })
  onScopeDispose(() => listening.abort())
  return { isOver }
}
