/** The addresses of the public copies, the copies elsewhere, the jury, the selection and recognitions inside `/equipo`. Each page is a lazy chunk of the staff's. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'copias', name: 'staff-copies', component: () => import('./copias/CopiasView.vue') },
  {
    path: 'otros-sitios',
    name: 'staff-external-copies',
    component: () => import('./externas/ExternasView.vue'),
  },
  { path: 'jurado', name: 'staff-jury', component: () => import('./jurado/JuradoView.vue') },
  {
    path: 'jurado/:id',
    name: 'staff-jury-video',
    component: () => import('./jurado/CalificarView.vue'),
    props: true,
  },
  { path: 'seleccion', name: 'staff-selections', component: () => import('./seleccion/SeleccionesView.vue') },
  {
    path: 'seleccion/:id',
    name: 'staff-selection',
    component: () => import('./seleccion/SeleccionView.vue'),
    props: true,
  },
  {
    path: 'seleccion/:id/acta/:round',
    name: 'staff-selection-acta',
    component: () => import('./seleccion/ActaSeleccionView.vue'),
    props: true,
  },
  {
    path: 'reconocimientos/:id',
    name: 'staff-recognitions',
    component: () => import('./reconocimientos/ReconocimientosView.vue'),
    props: true,
  },
  {
    path: 'reconocimientos/:id/:recognition',
    name: 'staff-recognition',
    component: () => import('./reconocimientos/ReconocimientoView.vue'),
    props: true,
  },
]
