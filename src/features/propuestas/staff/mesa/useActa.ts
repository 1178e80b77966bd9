/** Writes, opens and closes the acta of a mesa, and decides on its comments. */
import { answerOf, supabase } from '@/data/staff/client'
import type { ActaDesk, DeskComment } from '../../acta'
import { useJoinedDraft } from '../resultados/useJoinedDraft'

const EMPTY = { body: '' }

export function useActa(id: string) {
  const { act, attempt, ...draft } = useJoinedDraft<ActaDesk, typeof EMPTY>({
    empty: EMPTY,
    read: () => answerOf(supabase.rpc('acta_desk', { p_id: id })),
    formOf: ({ body }) => ({ body }),
    draftOf: (form) => form,
  })
  const version = () => ({ p_id: id, p_version: draft.value.value!.version })
  return {
    ...draft,
    save: () =>
      act(() => answerOf(supabase.rpc('save_acta', { ...version(), p_body: draft.form.value.body }))),
    open: (p_until: string) =>
      act(() => answerOf(supabase.rpc('open_acta', { ...version(), p_until: p_until || null }))),
    close: () => act(() => answerOf(supabase.rpc('close_acta', version()))),
    /** The text stays as it is written. */
    settle: ({ id: p_comment, version: p_version }: DeskComment, p_published: boolean, p_reason?: string) =>
      attempt(async () => {
        draft.value.value = await answerOf(
          supabase.rpc('settle_comment', { p_comment, p_version, p_published, p_reason: p_reason ?? null }),
        )
      }),
  }
}
