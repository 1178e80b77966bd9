/**
 * Which published proposals say the same as one that is being written. Labelled pairs in two halves: `tuning.json`, on which the
 * synonyms and constants were chosen, and `heldout.json`, which somebody else wrote and no tuning read. Goals: recall@3 0.85,
 * precision 0.6, 300 KB for 10,000 proposals, 16 ms a key on a phone four times slower, V-measure of suggested groups 0.6.
 */
import { suggestGroups } from '@/features/propuestas/likeness/groups'
import { rankMiniSearch, rankOurs, rankTrigrams } from './likeness/contenders'
import { measureTenThousand } from './likeness/measure'
import { halfOf, judge, readPairs, type Half } from './likeness/pairs'
import { vMeasure } from './likeness/vMeasure'
import { versionOf } from './support/peers'
import { bench, round, type Bench } from './support/run'

function groupsAgree({ texts, themes }: Half): number {
  const groupOf = new Map<string, string>()
  for (const [group, { ids }] of suggestGroups(texts.map((body, at) => ({ id: String(at), body }))).entries())
    for (const id of ids) groupOf.set(id, String(group))
  return round(
    vMeasure(
      themes,
      texts.map((_, at) => groupOf.get(String(at))!),
    ),
  )
}

async function compare(the: Bench, half: Half) {
  const { peersMissing } = the
  return {
    ours: {
      pairs: half.partners.filter((partner) => partner >= 0).length / 2,
      ...judge(half, rankOurs(half)),
      v_measure: groupsAgree(half),
    },
    peers: {
      minisearch: peersMissing ? { skipped: peersMissing } : judge(half, await rankMiniSearch(half)),
      trigram: judge(half, rankTrigrams(half)),
    },
  }
}

await bench('likeness', async (the) => {
  const [tuning, heldout] = [readPairs('tuning'), readPairs('heldout')]
  const halves = {
    tuning: await compare(the, halfOf(tuning)),
    heldout: await compare(the, halfOf(heldout)),
  }
  const all = halfOf([...tuning, ...heldout])
  const together = await compare(the, all)
  const measured = await measureTenThousand(the, all.texts)
  return {
    ours: { ...together.ours, ...measured },
    peers: together.peers,
    ratio: {},
    runs: 1,
    halves,
    versions: { minisearch: versionOf('minisearch') },
  }
})
