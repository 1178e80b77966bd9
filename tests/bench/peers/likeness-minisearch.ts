/** MiniSearch as its README shows it: terms folded, `fuzzy` and `prefix` on, any of the words. */
import MiniSearch from 'minisearch'

const folded = (term: string) => term.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The scores of all texts that match, by place. */
export function indexTexts(texts: readonly string[]): (text: string) => { place: number; score: number }[] {
  const search = new MiniSearch<{ id: number; body: string }>({ fields: ['body'], processTerm: folded })
  search.addAll(texts.map((body, id) => ({ id, body })))
  return (text) =>
    search.search(text, { fuzzy: 0.2, prefix: true }).map(({ id, score }) => ({ place: id as number, score }))
}
