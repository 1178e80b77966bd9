/** The page of a campaign as citizens see it, rendered without a browser: with signal and an empty phone. */
import 'fake-indexeddb/auto'
import { createPinia } from 'pinia'
import { type Component, createSSRApp, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { t } from '@/campaign/words'
import NoticeWords from '@/campaign/NoticeWords.vue'
import type { CampaignPreview } from '@/domain/campaignDraft'
import ConvocatoriaBody from '@/features/convocatoria/ConvocatoriaBody.vue'
import { feature as jornadas } from '@/features/jornadas/feature'
import { feature as propuestas } from '@/features/propuestas/feature'
import { feature as videos } from '@/features/videos/feature'

const nothing = () => undefined
Object.assign(globalThis, { addEventListener: nothing, removeEventListener: nothing })
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true })

const BODIES = new Map<string, Component>(
  [propuestas, videos, jornadas].map(({ kind, Body }) => [kind, Body]),
)

/** As on a desktop, whose page shows all. The renderer has no window. */
globalThis.matchMedia ??= () => Object.assign(new EventTarget(), { matches: true }) as MediaQueryList

/** The HTML of the campaign's page and of its aviso de privacidad, at the moment `now`. */
export async function renderCampaign({ convocatoria, insumos, notice }: CampaignPreview, now: Date) {
  const props = {
    campaign: { convocatoria, insumos, notice: notice ?? undefined, municipalities: undefined },
    now,
  }
  const body = () => h(BODIES.get(convocatoria.kind)!, { ...props, writable: false })
  const page = () => [
    h(ConvocatoriaBody, { ...props, heading: convocatoria.title, words: t, dates: true }, { default: body }),
    notice ? h(NoticeWords, { notice }) : null,
  ]
  const anywhere = [{ path: '/:rest(.*)*', component: page }]
  const router = createRouter({ history: createMemoryHistory(), routes: anywhere })
  return renderToString(createSSRApp({ render: page }).use(createPinia()).use(router))
}
