import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { withFragment } from './features'

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:rest(.*)*', component: {} }],
})

test.each([
  ['/folio%23PR-2026-000042-6.Ab-_', { path: '/folio', query: {}, hash: '#PR-2026-000042-6.Ab-_' }],
  ['/folio%2523PR-2026%E2%80%91000042', { path: '/folio', query: {}, hash: '#PR-2026\u2011000042' }],
  ['/equipo/invitacion%23abc?utm=1', { path: '/equipo/invitacion', query: { utm: '1' }, hash: '#abc' }],
  ['/folio#PR', { path: '/folio', query: {}, hash: '#PR' }],
  ['/c/consulta?x=1', { path: '/c/consulta', query: { x: '1' }, hash: '' }],
])('the address %s is read with its fragment', (address, read) =>
  expect(withFragment(router.resolve(address))).toEqual(read),
)
