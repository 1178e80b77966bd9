import { onScopeDispose } from 'vue'
import { certainNow } from '@/data/serverClock'
import { endKindRows } from '@/data/staff/kindRows'

const EVERY_MS = 30_000

/** Deletes the lists whose day has certainly ended, now and while the page stays open. Call it in a setup. */
export function endListsInTime(): void {
  const end = () => void endKindRows(certainNow()).catch(() => undefined)
  const timer = setInterval(end, EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  end()
}
