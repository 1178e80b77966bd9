// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, test } from 'vitest'
import { ISLANDS } from '@/campaign/islands'
import PreviewView from './PreviewView.vue'

test('the preview without a link and outside the studio says that there is nothing, and does not wait for ever', () => {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  const page = mount(PreviewView, {
    global: { plugins: [createPinia(), router], provide: { [ISLANDS as symbol]: {} } },
  })
  expect(page.text()).toContain('Este enlace ya no sirve')
  expect(page.find('.skeleton').exists()).toBe(false)
})
