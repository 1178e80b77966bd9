/** The staff's routes. Every page is lazy, so no citizen loads its code. */
import type { NavigationGuard, RouteRecordRaw } from 'vue-router'
import type { registerStaffKinds } from './kinds'

/** Sends a visitor without a session to sign in, and from there back to the page they asked for. */
const askSession: NavigationGuard = async (to) => {
  const { readSession } = await import('@/data/staff/session')
  if (await readSession()) return true
  return { name: 'staff-sign-in', query: { volver: to.fullPath } }
}

const meta = { area: 'staff' } as const

const REVIEW: readonly RouteRecordRaw[] = [
  { path: 'bitacora', name: 'staff-log', component: () => import('./log/BitacoraView.vue') },
  { path: 'bandeja', name: 'staff-queue', component: () => import('./queue/BandejaView.vue') },
  { path: 'cuarentena', name: 'staff-quarantine', component: () => import('./queue/QuarantineView.vue') },
  {
    path: 'segundas-revisiones',
    name: 'staff-second-reviews',
    component: () => import('./review/SecondReviewsView.vue'),
  },
  { path: 'revision/:id', name: 'staff-review', component: () => import('./review/RevisionView.vue') },
]

const REGISTRY: readonly RouteRecordRaw[] = [
  { path: 'padron', name: 'staff-registry', component: () => import('./registry/RegistryView.vue') },
  {
    path: 'padron/importar',
    name: 'staff-registry-import',
    component: () => import('./registry/ImportView.vue'),
  },
  {
    path: 'padron/clases',
    name: 'staff-body-classes',
    component: () => import('./registry/ClassesView.vue'),
  },
  { path: 'padron/:id', name: 'staff-body', component: () => import('./registry/BodyView.vue') },
]

const INSTITUTION: RouteRecordRaw[] = [
  {
    path: 'configurar',
    name: 'staff-setup',
    component: () => import('./institution/ConfigurarView.vue'),
  },
  {
    path: 'instituto',
    name: 'staff-institution',
    component: () => import('./institution/InstitutoView.vue'),
  },
  {
    path: 'respuestas',
    name: 'staff-replies',
    component: () => import('./replies/RespuestasView.vue'),
  },
  { path: 'cartas', name: 'staff-letters', component: () => import('./letters/CartasView.vue') },
  {
    path: 'borrados',
    name: 'staff-deletions',
    component: () => import('./deletions/BorradosView.vue'),
  },
]

/** The pages before the desk. */
const ENTRY: readonly RouteRecordRaw[] = [
  { path: '/equipo', name: 'staff-sign-in', meta, component: () => import('./account/EntrarView.vue') },
  {
    path: '/equipo/segundo-paso',
    name: 'staff-second-step',
    meta,
    beforeEnter: askSession,
    component: () => import('./account/SegundoPasoView.vue'),
  },
  {
    path: '/equipo/olvide',
    name: 'staff-forgotten',
    meta,
    component: () => import('./account/OlvideView.vue'),
  },
  {
    path: '/equipo/contrasena',
    name: 'staff-new-password',
    meta,
    component: () => import('./account/ContrasenaView.vue'),
  },
  {
    path: '/equipo/invitacion',
    name: 'staff-invitation',
    meta,
    component: () => import('./people/InvitacionView.vue'),
  },
]

const routesOf = (loadKindPieces: NavigationGuard, ofKinds: readonly RouteRecordRaw[]): RouteRecordRaw[] => [
  ...ENTRY,
  {
    path: '/equipo',
    meta,
    component: () => import('./desk/DeskView.vue'),
    beforeEnter: [askSession, loadKindPieces],
    children: [
      ...REVIEW,
      { path: 'campanas', name: 'staff-campaigns', component: () => import('./studio/CampanasView.vue') },
      {
        path: 'campanas/nueva',
        name: 'staff-campaign-new',
        component: () => import('./studio/NewCampaignView.vue'),
      },
      {
        path: 'campanas/importar',
        name: 'staff-campaign-import',
        component: () => import('./studio/portable/ImportCampaignView.vue'),
      },
      { path: 'campanas/:id/tablero', name: 'staff-board', component: () => import('./board/BoardView.vue') },
      { path: 'campanas/:id', name: 'staff-campaign', component: () => import('./studio/StudioView.vue') },
      ...REGISTRY,
      { path: 'personas', name: 'staff-people', component: () => import('./people/PersonasView.vue') },
      { path: 'personas/invitar', name: 'staff-invite', component: () => import('./people/InvitarView.vue') },
      ...INSTITUTION,
      { path: 'mas', name: 'staff-more', component: () => import('./desk/MoreView.vue') },
      { path: 'cuenta', name: 'staff-account', component: () => import('./account/CuentaView.vue') },
      ...ofKinds,
    ],
  },
]

/**
 * `loadKinds` loads the staff's pieces of every kind of campaign; it runs before the desk opens. `kindRoutes` are the
 * pages that kinds add to the desk, with paths relative to `/equipo`.
 */
export const staffFeature = (
  loadKinds: () => Promise<Parameters<typeof registerStaffKinds>[0]>,
  kindRoutes: readonly RouteRecordRaw[],
) => ({
  routes: routesOf(async () => {
    const [{ registerStaffKinds }, islands] = await Promise.all([import('./kinds'), loadKinds()])
    registerStaffKinds(islands)
    return true
  }, kindRoutes),
})
