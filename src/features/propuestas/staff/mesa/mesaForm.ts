/** The working copy of a mesa in the page, and what is sent of it. */
import type { MesaData, MesaDesk } from '../../mesa'

export type MesaForm = Required<MesaData>
export type AgendaItem = MesaForm['agenda'][number]

export const EMPTY: MesaForm = {
  meeting_id: null,
  title: '',
  lead: '',
  agenda: [],
  findings: [],
  recording: null,
  recording_insumo: null,
}

/** A finding that was removed from the board, and a sound that is no insumo any more, are gone here too. */
export function mesaForm({
  data,
  findings,
  sounds,
}: Pick<MesaDesk, 'data' | 'findings' | 'sounds'>): MesaForm {
  const has = (list: readonly { id: string }[], id: string | null | undefined) =>
    list.some((one) => one.id === id)
  return {
    ...EMPTY,
    ...data,
    findings: (data.findings ?? []).filter((id) => has(findings, id)),
    recording_insumo: has(sounds, data.recording_insumo) ? data.recording_insumo! : null,
  }
}

/** A recording is in one place: a link takes the place of the file. */
export const mesaDraft = (form: MesaForm): MesaData => ({
  ...form,
  recording: form.recording || null,
  recording_insumo: form.recording ? null : form.recording_insumo,
})

export const newPoint = (): AgendaItem => ({ id: crypto.randomUUID(), title: '', minute: null, at: null })
