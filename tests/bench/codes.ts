/**
 * Bad pictures of passes and constancias (blur, tilt, low light, glare, 240×240, moiré), read by our decoder and by `zbarimg` on
 * the same files. The pictures come from a seed; their ranges are in tests/support/codes/pictures.ts. Then a phone at a door looks
 * at such passes (`codes/door.ts`).
 */
import { RANGES } from '../support/codes/pictures'
import { readAll, type Tally, zbarMissing } from '../support/codes/readAll'
import { measureDoor } from './codes/door'
import { bench, round } from './support/run'

const SEED = 20261129
const PICTURES = 500

await bench(
  'codes',
  async (the) => {
    const skipped = await zbarMissing()
    const count = Number(the.option('pictures') ?? (the.quick ? 48 : PICTURES))
    const tallies = await readAll(SEED, count, {
      withZbar: skipped === null,
      onPicture: (done) => done % 50 === 0 && the.say(`${done} pictures`),
    })
    const all = [...tallies.values()]
    const sum = (of: keyof Tally) => all.reduce((total, tally) => total + tally[of], 0)
    const shareOf = (read: number) => round(read / count)
    const wrong = sum('wrong')
    const atDoor = await measureDoor(the)
    return {
      ours: { read: sum('ours'), share: shareOf(sum('ours')), wrong, ...atDoor },
      peers: { zbarimg: skipped ? { skipped } : { read: sum('zbarimg'), share: shareOf(sum('zbarimg')) } },
      ratio: { zbarimg: skipped ? null : round(sum('ours') / sum('zbarimg')) },
      runs: 1,
      pictures: count,
      by_kind_and_fault: Object.fromEntries(tallies),
      stated: { seed: SEED, ranges: RANGES },
    }
  },
  { needsPeers: false },
)
