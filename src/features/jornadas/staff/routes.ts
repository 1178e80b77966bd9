/** The addresses of the door, of the calendar and of registrations that wait for staff, inside `/equipo`. Each page is a lazy chunk of the staff's. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'puerta', name: 'staff-door', component: () => import('./door/PuertaView.vue') },
  { path: 'puerta/:id', name: 'staff-door-day', component: () => import('./door/JornadaView.vue') },
  {
    path: 'inscripciones',
    name: 'staff-registrations',
    component: () => import('./registrations/InscripcionesView.vue'),
  },
  {
    path: 'inscripciones/nueva/:id',
    name: 'staff-registration-enter',
    component: () => import('./enter/EnterView.vue'),
    props: true,
  },
  {
    path: 'campanas/:id/asistencia',
    name: 'staff-attendance',
    component: () => import('./board/attendance/AsistenciaView.vue'),
  },
  {
    path: 'constancias',
    name: 'staff-constancias',
    component: () => import('./constancias/ConstanciasView.vue'),
  },
  {
    path: 'convocatorias/:id/enlaces',
    name: 'staff-liaisons',
    component: () => import('./liaisons/EnlacesView.vue'),
    props: true,
  },
  {
    path: 'inscripciones-apartadas',
    name: 'staff-set-apart',
    component: () => import('./apart/SetApartView.vue'),
  },
  {
    path: 'jornadas/:id/cambiar',
    name: 'staff-reschedule',
    component: () => import('./days/CambiarView.vue'),
  },
]
