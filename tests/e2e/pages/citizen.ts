/** The pages of citizens. */
import { idOf } from '../../../supabase/local/demo/phone'
import { beginOwnDraft } from './acts'
import { jornadasRows } from './jornadas'
import type { PageRow } from './row'
import { PAGE } from './ids'

const DRAFT = '3f1c2a54-1111-4111-8111-111111111111'
const VIDEO_DRAFT = '3f1c2a54-3333-4333-8333-333333333333'

const frame: PageRow[] = [
  { name: 'inicio', route: '/', seen: 'Estrategia para la promoción' },
  {
    name: 'aviso',
    route: '/aviso/:id',
    at: (world) => `/aviso/${world.value('notice')}`,
    seen: /responsable/u,
  },
  { name: 'avisos', route: '/avisos', seen: 'Avisos de privacidad' },
  { name: 'menu', route: '/mas', seen: 'Menú' },
  { name: 'ajustes', route: '/ajustes', seen: 'Ajustes' },
  { name: 'ajustes-borrado', route: '/ajustes/borrado', seen: 'Lo que guardabas en este teléfono' },
  { name: 'ajustes-archivo', route: '/ajustes/archivo', seen: 'Borradores en un archivo' },
  { name: 'accesibilidad', route: '/accesibilidad', seen: 'Lo que funciona' },
  { name: 'pagina-ausente', route: '/:rest(.*)*', at: '/esto-no-existe', seen: 'Esta página no existe' },
  { name: 'vista-previa', route: '/vista-previa', seen: /ya no|no se encontr|enlace/u },
  { name: 'verificar', route: '/verificar', seen: 'Verificar constancia' },
]

const links: PageRow[] = [
  { name: 'abrir-folio', route: '/folio', seen: /folio/iu },
  { name: 'abrir-tarjeta', route: '/tarjeta', seen: 'Abrir con mi tarjeta' },
  {
    name: 'correo',
    route: '/correo',
    at: (world) => world.letterTo('p17@demo.example', /https?:\/\/[^/\s]+(\/correo#\S+)/u),
    seen: /p17|correo/u,
  },
  { name: 'recuperar', route: '/recuperar', seen: /enlace/u },
  { name: 'mis-envios', route: '/envios', own: 'p01', seen: 'Mis envíos' },
  { name: 'envio-publicado', route: '/envios/:id', own: 'p01', seen: /PR-\d{4}/u },
  { name: 'envio-correccion', route: '/envios/:id', own: 'p35', seen: /PR-\d{4}/u },
  { name: 'envio-rechazado', route: '/envios/:id', own: 'p40', seen: '¿No estás de acuerdo?' },
  { name: 'envio-respondido', route: '/envios/:id', own: 'r01', seen: 'Qué pasa con tu propuesta' },
  { name: 'envio-voz', route: '/envios/:id', own: 'voz', seen: /PR-\d{4}/u },
  {
    name: 'corregir',
    route: '/envios/:id/corregir',
    own: 'p35',
    at: `/envios/${idOf('p35')}/corregir`,
    seen: /correg|cambi/iu,
  },
]

const consulta: PageRow[] = [
  { name: 'consulta', route: '/c/:slug', at: PAGE.consulta, seen: /Estas acciones llevan|¿Estas acciones/u },
  { name: 'consulta-concluida', route: '/c/:slug', at: PAGE.answered, seen: /Consulta sobre la difusión/u },
  { name: 'consulta-recreada', route: '/c/:slug', at: PAGE.recreated, seen: /Recreación/u },
  {
    name: 'insumo',
    route: '/c/:slug/insumo/:id',
    at: (world) => `${PAGE.consulta}/insumo/${world.value('insumo')}`,
    seen: /\w/u,
  },
  { name: 'publicadas', route: '/c/:slug/publicadas', at: `${PAGE.consulta}/publicadas`, seen: /PR-\d{4}/u },
  {
    name: 'publicada',
    route: '/c/:slug/publicadas/:folio',
    at: (world) => `${PAGE.answered}/publicadas/${world.value('propuesta')}`,
    seen: /PR-\d{4}/u,
  },
  {
    name: 'resultados',
    route: '/c/:slug/resultados',
    at: `${PAGE.answered}/resultados`,
    seen: '¿Ayuda cada acción?',
  },
  { name: 'mesa', route: '/c/:slug/mesa', at: `${PAGE.answered}/mesa`, seen: 'Orden del día' },
  { name: 'estrategia', route: '/c/:slug/estrategia', at: `${PAGE.answered}/estrategia`, seen: /./u },
  ...['aviso', 'sobre', 'texto', 'sobre-ti', 'permisos', 'revisa'].map((step) => ({
    name: `propuesta-${step}`,
    route: '/c/:slug/propuesta/:draft/:step',
    at: `${PAGE.consulta}/propuesta/${DRAFT}/${step}`,
    seen: /./u,
    act: beginOwnDraft,
  })),
]

const videos: PageRow[] = [
  { name: 'videos', route: '/c/:slug', at: PAGE.videos, seen: /¿Qué pilar/u },
  { name: 'videos-concluida', route: '/c/:slug', at: PAGE.selected, seen: /Videos del año pasado/u },
  { name: 'galeria', route: '/c/:slug/galeria/:folio?', at: `${PAGE.videos}/galeria`, seen: /MB|KB|kB/u },
  {
    name: 'galeria-un-video',
    route: '/c/:slug/galeria/:folio?',
    at: (world) => `${PAGE.videos}/galeria/${world.value('video')}`,
    seen: /MB|KB|kB/u,
  },
  ...['aviso', 'edad', 'adulto', 'video', 'texto', 'sobre-ti', 'permisos', 'revisa'].map((step) => ({
    name: `video-${step}`,
    route: '/c/:slug/video/:draft/:step',
    at: `${PAGE.videos}/video/${VIDEO_DRAFT}/${step}`,
    seen: /./u,
    act: beginOwnDraft,
  })),
  { name: 'compartir', route: '/compartir', seen: 'El video que compartiste' },
  {
    name: 'autorizar',
    route: '/autorizar',
    at: (world) => world.letterTo('rosa.muestra@demo.example', /https?:\/\/[^/\s]+(\/autorizar#\S+)/u),
    seen: 'Qué se publicaría',
  },
  { name: 'envio-video', route: '/envios/:id', own: 'v01', seen: /VI-\d{4}/u },
  { name: 'envio-video-menor', route: '/envios/:id', own: 'v13', seen: /VI-\d{4}/u },
  {
    name: 'otro-archivo',
    route: '/envios/:id/archivo',
    own: 'v10',
    at: `/envios/${idOf('v10')}/archivo`,
    seen: 'Mandar otro archivo',
  },
  {
    name: 'subtitulos-propios',
    route: '/envios/:id/subtitulos',
    own: 'v10',
    at: `/envios/${idOf('v10')}/subtitulos`,
    seen: 'Subtítulos de tu video',
  },
]

export const citizenRows: readonly PageRow[] = [...frame, ...links, ...consulta, ...videos, ...jornadasRows]
