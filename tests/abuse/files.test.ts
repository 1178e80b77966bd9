/** Videos that say where they were filmed, and cells that a spreadsheet would calculate. */
import { csvOf } from '../../supabase/functions/_shared/files/safeCsv'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { call, signedIn, target } from '../contract/clients'
import * as vx from '../contract/videos'
import { attack } from './attack'

const CLIPS: [name: string, type: string][] = [
  ['xyz.mp4', 'video/mp4'],
  ['phone.mov', 'video/quicktime'],
  ['phone.3gp', 'video/3gpp'],
  ['fragments.mp4', 'video/mp4'],
  ['captions.mp4', 'video/mp4'],
  ['tags.webm', 'video/webm'],
]

attack('videos with a place, sent past the app', async (tries) => {
  const staff = await signedIn()
  for (const [name, type] of CLIPS) {
    const video = await vx.announce(vx.clip(name), { mime: type })
    await vx.upload(video, { type })
    await vx.attach(video)
    const statusOf = async () => (await vx.itemOf(staff, video)).content.media.status
    for (let n = 0; n < 60 && (await statusOf()) === 'attached'; n += 1)
      await call('/functions/v1/verify-media', { method: 'POST', headers: secretHeader(target().jobsSecret) })
    tries.try(`${name} is ${await statusOf()}`, (await statusOf()) === 'mismatch')
    await vx.decide(staff, video, 'accept')
    const refused = await vx.decide(staff, video, 'publish').then(
      () => 'published',
      (error: Error) => error.message,
    )
    tries.try(`${name}: ${refused}`, refused.includes('media_not_verified'))
  }
})

attack('cells that a spreadsheet calculates', async (tries) => {
  const formula = 'HYPERLINK("https://ajeno.example","Ver")'
  const begins = ['=', '+', '-', '@', '\t=', '\r=', '＝', '＋', '－', '＠', '=\t']
  for (const begin of begins) {
    const text = csvOf([[`${begin}${formula}`, 'b']]).slice(1)
    tries.try(`«${begin}»`, /^"?'/u.test(text))
  }
  for (const text of ['a\r=1+1', 'a\n=1+1', '"\r\n=1+1', '",=1+1'])
    tries.try(
      JSON.stringify(text),
      csvOf([[text]])
        .slice(1, -2)
        .replaceAll('""', '')
        .match(/^"[^"]*"$/u) !== null,
    )
})
