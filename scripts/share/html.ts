/** A shared page as HTML: the app's own document with other words in its head and in its part for readers without script. */
import type { ShareBlock, SharePage } from '@/campaign/share/sharePage'

/** Where the app is served, who publishes, and what marks everything as a demonstration; '' marks nothing. */
export interface Site {
  origin: string
  institution: string
  accent: string
  label: string
  /** Where public files are. */
  files: string
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** The text as content or attribute of HTML or XML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => ENTITIES[sign]!)

/** What the command added to a head before, so that it can be taken out again. */
const BEGIN = '<!-- share -->'
const END = '<!-- /share -->'

const metas = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(([name, content]) => {
    const attribute = name.startsWith('og:') ? 'property' : 'name'
    return `<meta ${attribute}="${name}" content="${escaped(content)}" />`
  })

interface Card {
  title: string
  description: string
  path: string
  /** The address of its picture below the origin. */
  picture: string
}

const cardTags = ({ title, description, path, picture }: Card, site: Site): string[] =>
  metas({
    'og:type': 'website',
    'og:site_name': site.institution,
    'og:locale': 'es_MX',
    'og:title': title,
    'og:description': description,
    'og:url': site.origin + path,
    'og:image': site.origin + picture,
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt': [title, description].join('. '),
    'twitter:card': 'summary_large_image',
  })

/** Replaces the one match. Throws where the app's document lacks it: what stands there would say something else. */
function swap(html: string, part: RegExp, by: string): string {
  if (!part.test(html)) throw new Error(`dist/index.html no tiene ${part.source}: compila la app otra vez`)
  return html.replace(part, () => by)
}

const TITLE = /<title>[^<]*<\/title>/u
const DESCRIPTION = /<meta\s+name="description"\s+content="[^"]*"\s*\/?>/u
const NOSCRIPT = /<noscript>[\s\S]*?<\/noscript>/u

const withTags = (html: string, tags: readonly string[]): string =>
  swap(html, /<\/head>/u, [BEGIN, ...tags, END, '</head>'].join(''))

/** The app's document as the build wrote it. */
export const bareShell = (html: string): string =>
  html.replace(new RegExp(`${BEGIN}[\\s\\S]*?${END}`, 'u'), '')

const paragraphs = (text: string): string =>
  text
    .split(/\n\s*\n/u)
    .map((one) => `<p class="verbatim" dir="auto">${escaped(one.trim())}</p>`)
    .join('')

function blockHtml(block: ShareBlock): string {
  if (block.kind === 'link') return `<p><a href="${escaped(block.path)}">${escaped(block.text)}</a></p>`
  if (block.kind === 'heading') return `<h2 dir="auto">${escaped(block.text)}</h2>`
  const inside = paragraphs(block.text)
  return block.kind === 'quote' ? `<blockquote>${inside}</blockquote>` : inside
}

/** Structured data as a block that no browser runs; a text cannot end it. */
function dataTags({ data, path }: SharePage, { origin, files }: Site): string[] {
  if (!data) return []
  const found = data((bucket, name) => `${files}/storage/v1/object/public/${bucket}/${name}`)
  const whole = { '@context': 'https://schema.org', url: origin + path, ...found }
  return [`<script type="application/ld+json">${JSON.stringify(whole).replaceAll('<', '\\u003c')}</script>`]
}

/** The page that stands at its address: `shell` is the app's document as the build wrote it. */
export function pageHtml(shell: string, page: SharePage, picture: string, site: Site): string {
  const { title, description, path, blocks } = page
  const tags = [
    `<link rel="canonical" href="${escaped(site.origin + path)}" />`,
    ...cardTags({ title, description, path, picture }, site),
    ...dataTags(page, site),
  ]
  const text = [
    '<main class="page">',
    site.label && `<p><strong>${escaped(site.label)}</strong></p>`,
    `<h1 dir="auto">${escaped(title)}</h1>`,
    ...blocks.map(blockHtml),
    `<p>${escaped(site.institution)}</p></main>`,
  ]
  const named = swap(shell, TITLE, `<title>${escaped(`${title} · ${site.institution}`)}</title>`)
  const described = swap(named, DESCRIPTION, metas({ description })[0]!)
  return swap(withTags(described, tags), NOSCRIPT, `<noscript>${text.join('')}</noscript>`)
}

/** The app's document with the card of the whole site. It serves every address without a page, so it names no canonical one. */
export function shellHtml(shell: string, card: Omit<Card, 'path'>, site: Site): string {
  return withTags(shell, cardTags({ ...card, path: '/' }, site))
}
