import { test } from 'vitest'
import { readOpenCampaign } from './api'
import { useStage } from './stage'
const stage = useStage()
test('x', async () => {
  const c = await readOpenCampaign(stage.database)
  for (let i = 0; i < 3; i++) {
  const p = await stage.phone()
  await p.open(`/c/${c.slug}`)
  for (let j = 0; j < 8; j++) {
    await new Promise(r => setTimeout(r, 1000))
    console.log(i, j, await p.page.evaluate(async () => ({ ctrl: !!navigator.serviceWorker.controller, caches: await caches.keys(), boot: (await (await caches.open('bootstrap')).keys()).length, told: localStorage.getItem('convoca.ready_told') , text: document.body.innerText.includes('Listo sin conex') })))
  }
  await p.close()
  }
}, 100000)
