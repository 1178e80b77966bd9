/** Renews the token once for each op that waits for a valid one. After that the member has to sign in. */
import { watch } from 'vue'
import { supabase } from '@/data/staff/client'
import { syncNow } from '@/sync/start'
import { useStaffSessionStore } from '../desk/staffSessionStore'

async function renew(): Promise<void> {
  const { data } = await supabase.auth.refreshSession()
  if (data.session) await syncNow()
}

/** A failed renewal is ignored: the ops go with the next token or after signing in. */
export function useBlockedOps(): void {
  const session = useStaffSessionStore()
  const tried = new Set<string>()
  watch(
    () => session.ops,
    (now) => {
      const blocked = now.filter(
        ({ actor, state, op_id }) =>
          actor === session.userId && state === 'blocked_auth' && !tried.has(op_id),
      )
      if (blocked.length === 0) return
      for (const { op_id } of blocked) tried.add(op_id)
      renew().catch(() => undefined)
    },
    { immediate: true },
  )
}
