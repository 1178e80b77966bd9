/** The pages of those who register for jornadas. */
import { idOf } from '../../../supabase/local/demo/phone'
import { beginOwnDraft } from './acts'
import type { PageRow } from './row'
import { DAY, PAGE } from './ids'

const DRAFT = '3f1c2a54-2222-4222-8222-222222222222'
const own = 'fin0'
const OF = `/envios/${idOf(own)}`

export const jornadasRows: readonly PageRow[] = [
  { name: 'jornadas', route: '/c/:slug', at: PAGE.jornadas, seen: 'Foro de arranque' },
  { name: 'jornadas-concluidas', route: '/c/:slug', at: PAGE.finished, seen: /Taller de datos/u },
  { name: 'jornadas-mesa', route: '/c/:slug', at: PAGE.mesa, seen: /Mesa de resultados/u },
  ...['aviso', 'institucion', 'dias', 'persona', 'permisos', 'revisa'].map((step) => ({
    name: `inscripcion-${step}`,
    route: '/c/:slug/inscripcion/:draft/:step',
    at: `${PAGE.jornadas}/inscripcion/${DRAFT}/${step}`,
    seen: /./u,
    act: beginOwnDraft,
  })),
  { name: 'envio-inscripcion', route: '/envios/:id', own: 'r001', seen: /JO-\d{4}/u },
  { name: 'envio-inscripcion-grupo', route: '/envios/:id', own: 'r002', seen: 'A quién inscribió' },
  { name: 'envio-inscripcion-suplente', route: '/envios/:id', own: 'r004', seen: /JO-\d{4}/u },
  { name: 'envio-inscripcion-sin-confirmar', route: '/envios/:id', own: 'r007', seen: /JO-\d{4}/u },
  { name: 'envio-inscripcion-concluida', route: '/envios/:id', own, seen: /JO-\d{4}/u },
  {
    name: 'pase',
    route: '/envios/:id/pase/:jornada',
    own,
    at: `${OF}/pase/${DAY.over}`,
    seen: /pase/iu,
  },
  { name: 'constancia', route: '/envios/:id/constancia', own, at: `${OF}/constancia`, seen: 'Constancia' },
  {
    name: 'constancia-revocada',
    route: '/envios/:id/constancia',
    own: 'fin5',
    at: `/envios/${idOf('fin5')}/constancia`,
    seen: 'Constancia',
  },
  {
    name: 'encuesta',
    route: '/envios/:id/encuesta/:jornada',
    own,
    at: `${OF}/encuesta/${DAY.over}`,
    seen: /ncuesta/u,
  },
  {
    name: 'encuesta-preguntas',
    route: '/envios/:id/encuesta/:jornada',
    own: 'fin4',
    at: `/envios/${idOf('fin4')}/encuesta/${DAY.second}`,
    seen: /ncuesta/u,
  },
  {
    name: 'guardado',
    route: '/guardado/:id',
    own: 'r001',
    at: `/guardado/${idOf('r001')}`,
    seen: /JO-\d{4}/u,
  },
]
