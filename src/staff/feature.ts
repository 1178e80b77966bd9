/** The staff's island: routes only, each page its own lazy chunk, so no citizen fetches any of them. */
import type { NavigationGuard, RouteRecordRaw } from 'vue-router'
import type { registerStaffKinds } from './kinds'

/** Without a session on this phone: first sign in, then back to where the person was going. */
const askSession: NavigationGuard = async (to) => {
  const { readSession } = await import('@/data/staff/session')
  if (await readSession()) return true
  return { name: 'staff-sign-in', query: { volver: to.fullPath } }
}

const meta = { area: 'staff' } as const

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
]

const routesOf = (bringKinds: NavigationGuard): RouteRecordRaw[] => [
  { path: '/equipo', name: 'staff-sign-in', meta, component: () => import('./account/EntrarView.vue') },
  {
    path: '/equipo/invitacion',
    name: 'staff-invitation',
    meta,
    component: () => import('./people/InvitacionView.vue'),
  },
  {
    path: '/equipo',
    meta,
    component: () => import('./desk/DeskView.vue'),
    beforeEnter: [askSession, bringKinds],
    children: [
      { path: 'bandeja', name: 'staff-queue', component: () => import('./queue/BandejaView.vue') },
      { path: 'revision/:id', name: 'staff-review', component: () => import('./review/RevisionView.vue') },
      { path: 'puerta', name: 'staff-door', component: () => import('./door/PuertaView.vue') },
      { path: 'puerta/:id', name: 'staff-door-day', component: () => import('./door/JornadaView.vue') },
      { path: 'campanas', name: 'staff-campaigns', component: () => import('./studio/CampanasView.vue') },
      {
        path: 'campanas/nueva',
        name: 'staff-campaign-new',
        component: () => import('./studio/NewCampaignView.vue'),
      },
      { path: 'campanas/:id', name: 'staff-campaign', component: () => import('./studio/StudioView.vue') },
      {
        path: 'jornadas/:id/cambiar',
        name: 'staff-reschedule',
        component: () => import('./jornadas/CambiarView.vue'),
      },
      { path: 'personas', name: 'staff-people', component: () => import('./people/PersonasView.vue') },
      { path: 'personas/invitar', name: 'staff-invite', component: () => import('./people/InvitarView.vue') },
      ...INSTITUTION,
    ],
  },
]

/** `loadKinds` brings the staff's pieces of every kind of campaign: before the desk opens, and only then. */
export const staffFeature = (loadKinds: () => Promise<Parameters<typeof registerStaffKinds>[0]>) => ({
  routes: routesOf(async () => {
    const [{ registerStaffKinds }, islands] = await Promise.all([import('./kinds'), loadKinds()])
    registerStaffKinds(islands)
    return true
  }),
})
