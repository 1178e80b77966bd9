/** One check of a submission against the transparency log, on this phone. */
import { shallowRef } from 'vue'
import { useInstitutionStore } from '@/data/institutionStore'
import { getItem } from '@/data/items'
import { askLogProof, keepHead, seenHead } from '@/data/publicLog'
import type { LogProof, SignedHead } from '@/domain/publicLog'
import { readHead } from '../../../../supabase/functions/_shared/signed/publicLog'
import { judgeProof, type LogVerdict, type Own } from './judge'

type Shown = LogVerdict | { outcome: 'checking' | 'unreachable' }

/** What a person may keep or hand over: a comprobante, or the proof of a failure. */
export interface Evidence {
  format: 'convoca.log'
  proof: LogProof
  /** The head that this phone had seen before; null without one. */
  seen: SignedHead | null
  failed?: string
}

export function useLogCheck(id: string, own: () => Own) {
  const store = useInstitutionStore()
  const shown = shallowRef<Shown>({ outcome: 'checking' })
  const evidence = shallowRef<Evidence | null>(null)

  /** Never rejects. A head that failed is not kept, so that the next check fails too. */
  async function check(): Promise<void> {
    shown.value = { outcome: 'checking' }
    try {
      const seen = await seenHead()
      const known = (seen && readHead(seen.text)?.size) ?? 0
      const secret = (await getItem(id))?.secret ?? ''
      const proof = await askLogProof(own().folio, secret, known)
      const judge = () => judgeProof(proof, own(), store.bootstrap?.signing_keys ?? [], seen)
      let verdict = await judge()
      if (verdict.outcome === 'unknown_signer') {
        await store.load() // a new key may have come since
        verdict = await judge()
        if (verdict.outcome === 'unknown_signer' && store.fault) throw store.fault
      }
      if (verdict.outcome === 'unknown_signer') verdict = { outcome: 'failed', code: 'signature' }
      const failed = verdict.outcome === 'failed' ? verdict.code : undefined
      evidence.value = { format: 'convoca.log', proof, seen: seen ?? null, ...(failed && { failed }) }
      if (proof.head && (!failed || failed === 'inclusion' || failed === 'missing'))
        await keepHead(proof.head)
      shown.value = verdict
    } catch {
      shown.value = { outcome: 'unreachable' }
    }
  }
  return { shown, evidence, check }
}
