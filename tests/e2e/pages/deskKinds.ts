/** The pages of the desk for consultations and videos. */
import { idOf } from '../../../supabase/local/demo/phone'
import type { PageRow } from './row'
import { ID } from './ids'

const of = (
  name: string,
  route: string,
  seen: PageRow['seen'],
  more: Partial<PageRow> & { id?: keyof typeof ID } = {},
): PageRow => {
  const { id = 'answered', ...rest } = more
  return {
    name,
    route: `/equipo/${route}`,
    at: `/equipo/${route.replace(':id?', ID[id]).replace(':id', ID[id])}`,
    who: 'coordinator',
    seen,
    ...rest,
  }
}

const analysis: PageRow[] = [
  of('hallazgos', 'hallazgos/:id?', 'Con respuesta publicada'),
  of('hallazgos-abierta', 'hallazgos/:id?', /./u, { id: 'consulta' }),
  of('parecidas', 'hallazgos/:id/parecidas', 'Propuestas parecidas', { id: 'consulta' }),
  of('sugerencias', 'hallazgos/:id/sugerencias', 'Grupos sugeridos', { id: 'consulta' }),
  of('hallazgo', 'hallazgos/:id/:finding', 'Respuesta', {
    at: `/equipo/hallazgos/${ID.answered}/${idOf('answered:finding:0')}`,
  }),
  of('resultados-lista', 'resultados', 'Resultados'),
  of('resultados-publicar', 'resultados/:id', /./u),
  of('resultados-estrategia', 'resultados/:id/estrategia', 'Texto renovado'),
  of('resultados-mesa', 'resultados/:id/mesa', 'Orden del día'),
  of('resultados-acta', 'resultados/:id/acta', 'Acta de la mesa'),
  of('resultados-seguimiento', 'resultados/:id/seguimiento', 'Seguimiento de las acciones'),
]

const captures: PageRow[] = [
  of('captura', 'captura', 'Papel y brigada'),
  of('captura-hoja', 'captura/:id/hoja', 'Hoja de participación', { id: 'consulta' }),
  of('captura-papel', 'captura/:id/papel', 'Capturar hojas', { id: 'consulta' }),
  of('captura-comprobantes', 'captura/:id/comprobantes', 'Comprobantes', { id: 'consulta' }),
  of('captura-tarjetas', 'captura/:id/tarjetas', 'Tarjetas con enlace privado', { id: 'consulta' }),
  of('captura-brigada', 'captura/:id/brigada', 'Brigada', { id: 'consulta' }),
  of('captura-entregar', 'captura/:id/entregar', 'Entregar a otro teléfono', { id: 'consulta' }),
]

const videos: PageRow[] = [
  of('copias', 'copias', /./u),
  of('otros-sitios', 'otros-sitios', /./u),
  of('jurado', 'jurado', 'Mis videos por calificar', { who: 'juror' }),
  of('jurado-video', 'jurado/:id', /./u, { who: 'juror', at: `/equipo/jurado/${idOf('sel01')}` }),
  of('selecciones', 'seleccion', 'Selección de videos'),
  of('seleccion', 'seleccion/:id', /./u, { id: 'selected' }),
  of('seleccion-acta', 'seleccion/:id/acta/:round', /./u, { at: `/equipo/seleccion/${ID.selected}/acta/1` }),
  of('reconocimientos', 'reconocimientos/:id', 'Reconocimientos', { id: 'selected' }),
  of('reconocimiento', 'reconocimientos/:id/:recognition', 'Reconocimiento', {
    at: `/equipo/reconocimientos/${ID.selected}/${idOf('selected:recognition')}`,
  }),
]

export const deskKindRows: readonly PageRow[] = [...analysis, ...captures, ...videos]
