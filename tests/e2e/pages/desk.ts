/** The pages of the desk that every kind of campaign shares. */
import { idOf } from '../../../supabase/local/demo/phone'
import type { PageRow } from './row'
import { DAY, ID } from './ids'

const entry: PageRow[] = [
  { name: 'entrar', route: '/equipo', seen: 'Entrar al equipo' },
  { name: 'segundo-paso', route: '/equipo/segundo-paso', who: 'admin', seen: /./u },
  { name: 'olvide', route: '/equipo/olvide', seen: 'Recuperar tu contraseña' },
  { name: 'contrasena', route: '/equipo/contrasena', seen: /contraseña/u },
  { name: 'invitacion', route: '/equipo/invitacion', seen: 'Invitación al equipo' },
]

const review: PageRow[] = [
  { name: 'bandeja', route: '/equipo/bandeja', who: 'moderator', seen: /PR-\d{4}/u },
  { name: 'cuarentena', route: '/equipo/cuarentena', who: 'coordinator', seen: 'Cuarentena' },
  {
    name: 'segundas-revisiones',
    route: '/equipo/segundas-revisiones',
    who: 'moderator',
    seen: 'Segundas revisiones',
  },
  ...(['p50', 'voz', 'v08', 'v13', 'v01', 'r001', 'fin0'] as const).map((key): PageRow => ({
    name: `revision-${key}`,
    route: '/equipo/revision/:id',
    at: `/equipo/revision/${idOf(key)}`,
    who: 'coordinator',
    seen: /[A-Z]{2}-\d{4}-\d{6}/u,
  })),
  { name: 'bitacora', route: '/equipo/bitacora', who: 'admin', seen: 'Bitácora' },
  { name: 'respuestas', route: '/equipo/respuestas', who: 'coordinator', seen: /espuestas/u },
  { name: 'cartas', route: '/equipo/cartas', who: 'coordinator', seen: 'Cartas' },
  { name: 'borrados', route: '/equipo/borrados', who: 'admin', seen: 'Constancias de borrado' },
  { name: 'mas', route: '/equipo/mas', who: 'coordinator', seen: /./u },
  { name: 'cuenta', route: '/equipo/cuenta', who: 'coordinator', seen: 'Tu cuenta' },
]

const studioOf = (kind: 'consulta' | 'videos' | 'jornadas', sections: readonly string[]): PageRow[] =>
  sections.map((section) => ({
    name: `estudio-${kind}-${section}`,
    route: '/equipo/campanas/:id',
    at: `/equipo/campanas/${ID[kind]}?seccion=${section}`,
    who: 'coordinator',
    seen: /./u,
  }))

const studio: PageRow[] = [
  { name: 'campanas', route: '/equipo/campanas', who: 'coordinator', seen: 'Campañas' },
  { name: 'campana-nueva', route: '/equipo/campanas/nueva', who: 'coordinator', seen: 'Nueva campaña' },
  {
    name: 'campana-importar',
    route: '/equipo/campanas/importar',
    who: 'coordinator',
    seen: 'Importar una campaña',
  },
  ...studioOf('consulta', ['textos', 'fechas', 'estrategia', 'insumos', 'aviso', 'publicar']),
  ...studioOf('videos', ['pilares', 'video']),
  ...studioOf('jornadas', ['grupos', 'jornadas', 'inscripcion', 'encuesta', 'constancia']),
  ...(['consulta', 'videos', 'jornadas', 'answered'] as const).map((kind): PageRow => ({
    name: `tablero-${kind}`,
    route: '/equipo/campanas/:id/tablero',
    at: `/equipo/campanas/${ID[kind]}/tablero`,
    who: 'coordinator',
    seen: 'Lo que sigue',
  })),
]

const institution: PageRow[] = [
  { name: 'padron', route: '/equipo/padron', who: 'coordinator', seen: /Ayuntamiento|Padrón/u },
  {
    name: 'padron-importar',
    route: '/equipo/padron/importar',
    who: 'coordinator',
    seen: 'Importar el padrón',
  },
  {
    name: 'padron-clases',
    route: '/equipo/padron/clases',
    who: 'coordinator',
    seen: 'Clases de instituciones',
  },
  {
    name: 'padron-una',
    route: '/equipo/padron/:id',
    at: (world) => `/equipo/padron/${world.value('body')}`,
    who: 'coordinator',
    seen: 'Historia',
  },
  { name: 'personas', route: '/equipo/personas', who: 'admin', seen: 'Moderadora de ejemplo' },
  {
    name: 'personas-invitar',
    route: '/equipo/personas/invitar',
    who: 'admin',
    seen: 'Invitar a una persona',
  },
  { name: 'configurar', route: '/equipo/configurar', who: 'admin', seen: /./u },
  { name: 'instituto', route: '/equipo/instituto', who: 'admin', seen: 'Instituto' },
]

const jornadas: PageRow[] = [
  { name: 'puerta', route: '/equipo/puerta', who: 'coordinator', seen: 'Puerta' },
  {
    name: 'puerta-dia',
    route: '/equipo/puerta/:id',
    at: `/equipo/puerta/${DAY.door}`,
    who: 'door',
    seen: /Jornada/u,
  },
  {
    name: 'puerta-dia-pasado',
    route: '/equipo/puerta/:id',
    at: `/equipo/puerta/${DAY.over}`,
    who: 'coordinator',
    seen: /sesión/u,
  },
  { name: 'inscripciones', route: '/equipo/inscripciones', who: 'coordinator', seen: 'Inscripciones' },
  {
    name: 'inscribir',
    route: '/equipo/inscripciones/nueva/:id',
    at: `/equipo/inscripciones/nueva/${ID.jornadas}`,
    who: 'coordinator',
    seen: 'Inscribir a alguien',
  },
  {
    name: 'asistencia',
    route: '/equipo/campanas/:id/asistencia',
    at: `/equipo/campanas/${ID.finished}/asistencia`,
    who: 'coordinator',
    seen: 'Quiénes no llegaron',
  },
  { name: 'constancias', route: '/equipo/constancias', who: 'coordinator', seen: 'Constancias' },
  {
    name: 'enlaces',
    route: '/equipo/convocatorias/:id/enlaces',
    at: `/equipo/convocatorias/${ID.jornadas}/enlaces`,
    who: 'coordinator',
    seen: 'Instituciones sin inscribir',
  },
  {
    name: 'inscripciones-apartadas',
    route: '/equipo/inscripciones-apartadas',
    who: 'coordinator',
    seen: /esperan al equipo/u,
  },
  {
    name: 'cambiar-dia',
    route: '/equipo/jornadas/:id/cambiar',
    at: `/equipo/jornadas/${DAY.door}/cambiar`,
    who: 'coordinator',
    seen: /./u,
  },
]

export const deskRows: readonly PageRow[] = [...entry, ...review, ...studio, ...institution, ...jornadas]
