/** The pages of a consultation that are read without script: its published propuestas and its results. */
import { descriptionOf } from '@/campaign/share/campaignPage'
import {
  heading,
  linkTo,
  quote,
  type ShareBlock,
  type SharedKind,
  type SharePage,
  type ShareRead,
  some,
  words,
} from '@/campaign/share/sharePage'
import type { Convocatoria } from '@/domain/rows'
import { formatDay } from '@/ui/dates'
import { partLabel } from './describe'
import type { CampaignResults, FindingAnswer, PropuestaPage, TouchedPart } from './results'
import { t as resultWords } from './results/words'
import { t } from './words'

/** Calls at once for the answers of single propuestas. */
const AT_ONCE = 10

/** What `read` gives of each, in their order, a few at once. */
async function readSome<Item, Answer>(
  items: readonly Item[],
  read: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < items.length; at += AT_ONCE)
    answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(read))))
  return answers
}

const findingBlocks = ({ title, ...answer }: { title: string } & FindingAnswer): ShareBlock[] => [
  heading(title),
  words(resultWords(`outcome.${answer.outcome}`)),
  words(answer.reasons),
  ...some([
    answer.area && resultWords('answer.area', { area: answer.area }),
    answer.due_on && resultWords('answer.due', { day: formatDay(answer.due_on) }),
  ]).map(words),
]

const numberOf = ({ kind, number }: TouchedPart) => resultWords(`part.${kind}`, { number })

const touchedBlocks = (part: TouchedPart): ShareBlock[] => [
  words(`${numberOf(part)}: ${resultWords(`change.${part.change}`)}`),
  ...(part.old ? [words(resultWords('renewal.before')), quote(part.old.body)] : []),
  ...(part.new ? [words(resultWords('renewal.after')), quote(part.new.body)] : []),
  ...some([part.why && resultWords('renewal.why', { why: part.why })]).map(words),
]

/** How far it got, in one line. */
function stateOf({ findings }: PropuestaPage, { answer_by }: Convocatoria): string {
  const outcomes = new Set(findings.map(({ outcome }) => resultWords(`outcome.${outcome}`)))
  return outcomes.size > 0
    ? [...outcomes].join(' · ')
    : resultWords('page.due', { day: formatDay(answer_by) })
}

export function propuestaPage(answer: PropuestaPage, campaign: Convocatoria): SharePage {
  const { item, place, findings, touched } = answer
  const about = item.part_label ?? t('part.missing')
  const sector = item.sector && resultWords(`sector.${item.sector}`)
  const helps = item.helps && t('published.helps', { answer: t(`helps.${item.helps}`) })
  const state = stateOf(answer, campaign)
  const of = `/c/${campaign.slug}`
  return {
    path: `${of}/publicadas/${item.folio}`,
    title: item.part_label ? resultWords('page.title', { part: about }) : resultWords('page.title.missing'),
    description: descriptionOf(item.body),
    blocks: [
      quote(item.body),
      words(some([item.name ?? resultWords('page.anonymous'), place, sector, helps]).join(' · ')),
      ...(item.reply ? [heading(t('published.reply')), words(item.reply)] : []),
      ...(findings.length > 0
        ? [words(resultWords('page.finding')), ...findings.flatMap(findingBlocks)]
        : [words(state)]),
      ...(touched.length > 0
        ? [heading(resultWords('page.touched')), ...touched.flatMap(touchedBlocks)]
        : []),
      words(resultWords('page.published', { day: formatDay(item.published_at), folio: item.folio })),
      linkTo(`${of}/publicadas`, resultWords('page.all')),
      linkTo(of, campaign.title),
    ],
    picture: { about, words: item.body, state, foot: item.folio },
  }
}

/** The page of the results; null before there are any. */
export function resultsPage(results: CampaignResults | null, campaign: Convocatoria): SharePage | null {
  const numbers = campaign.details && 'results' in campaign.details ? campaign.details.results : undefined
  if (!results || !numbers) return null
  const { received, published, changed } = numbers
  const headline = changed > 0 ? resultWords('headline', { count: changed }) : resultWords('headline_same')
  const sum = resultWords('digest.text', { count: received, published })
  const of = `/c/${campaign.slug}`
  return {
    path: `${of}/resultados`,
    title: headline,
    description: descriptionOf(`${campaign.title}. ${sum}`),
    blocks: [
      words(sum),
      heading(resultWords('findings.title')),
      ...results.findings.flatMap(({ title, answer }) => findingBlocks({ title, ...answer })),
      linkTo(`${of}/publicadas`, resultWords('page.all')),
      linkTo(of, campaign.title),
    ],
    picture: { about: resultWords('title'), words: headline, state: sum, foot: '' },
  }
}

/** The list of what is published: what it is, and where each part of the text has its propuestas. */
const listPage = (campaign: Convocatoria): SharePage => ({
  path: `/c/${campaign.slug}/publicadas`,
  title: t('published.title'),
  description: descriptionOf(campaign.title),
  blocks: [
    ...campaign.parts.map((part) => words(partLabel(part))),
    linkTo(`/c/${campaign.slug}`, campaign.title),
  ],
  picture: { about: t('published.title'), words: campaign.title, state: '', foot: '' },
})

async function* pagesOf(campaign: Convocatoria, read: ShareRead): AsyncGenerator<SharePage> {
  if (campaign.published_count === 0) return
  yield listPage(campaign)
  const results = resultsPage(await read('campaign_results', { p_convocatoria: campaign.id }), campaign)
  if (results) yield results
  for (let after: string | null = ''; after !== null;) {
    const page: Awaited<ReturnType<typeof readFound>> = await readFound(campaign.id, after, read)
    const answers = await readSome(page.items, ({ folio }) => readOne(folio, read))
    for (const answer of answers) if (answer) yield propuestaPage(answer, campaign)
    after = page.next
  }
}

const readFound = (id: string, after: string, read: ShareRead) =>
  read('find_propuestas', { p_convocatoria: id, ...(after && { p_after: after }) })

/** Null for one that was withdrawn since the list was read. */
const readOne = (folio: string, read: ShareRead): Promise<PropuestaPage | null> =>
  read('published_propuesta', { p_folio: folio }).catch((error: Error) => {
    if (error.message === 'submission_unknown') return null
    throw error
  })

export const share: SharedKind = { kind: 'propuestas', promotes: false, pagesOf }
