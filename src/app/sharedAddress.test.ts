// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { forgetSharedAddress } from './sharedAddress'

test('the address of a shared page stands while it is shown, and goes with the next page', async () => {
  document.head.innerHTML = '<link rel="canonical" href="https://participa.example/c/x" />'
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  forgetSharedAddress(router)
  await router.push('/c/x')
  expect(document.querySelector('[rel=canonical]')).not.toBeNull()
  await router.push('/envios')
  expect(document.querySelector('[rel=canonical]')).toBeNull()
})
