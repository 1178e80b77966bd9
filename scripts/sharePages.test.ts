/** The pages that chats and search engines read: escaped, only what is public, gone with their item. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { share as propuestas } from '@/features/propuestas/share'
import { t as consultationWords } from '@/features/propuestas/words'
import { share as videos } from '@/features/videos/share'
import { t as videoWords } from '@/features/videos/words'
import { drawPicture, HEIGHT, WIDTH } from './share/picture'
import { sharePages, type ShareRun } from './sharePages'

const ROOT = join(import.meta.dirname, '..')
const ORIGIN = 'https://participa.example'
const HOSTILE = `</title><script>alert(1)</script>"'$& & $' <b>`

const campaign = (slug: string, kind: string) => ({
  id: slug,
  slug,
  kind,
  title: 'Consulta',
  summary: 'De qué se trata.',
  label: null,
  question: '¿Ayuda?',
  opens_at: '2026-11-01T06:00:00Z',
  closes_at: '2026-11-20T06:00:00Z',
  received_until: '2026-11-22T06:00:00Z',
  answer_by: '2026-12-18',
  published_count: 2,
  who_decides: 'La comisión.',
  what_happens_next: 'Respondemos.',
  milestones: [],
  topics: [],
  parts: [],
  details: null as object | null,
})
const propuesta = (folio: string, body: string, name: string | null = null) => ({
  item: {
    folio,
    part_id: 'p',
    part_label: '1.1 · Foros',
    helps: null,
    body,
    name,
    municipality: null,
    reply: null,
    published_at: '2026-11-25T18:00:00Z',
  },
  convocatoria_id: 'consulta',
  place: null,
  findings: [] as object[],
  touched: [],
})
const video = {
  folio: 'VI-2026-000001-5',
  pillar: 'a',
  title: 'El pozo',
  summary: 'De todos.',
  transcript: 'Hola.',
  name: null,
  municipality: null,
  reply: null,
  published_at: '2026-11-25T18:00:00Z',
  duration_ms: 119_600,
  bytes: 6_000_000,
  mime: 'video/mp4',
  object: 'a.mp4',
  poster: 'a.jpg',
  captions: 'a.vtt',
}

/** What the server answers. */
let world: {
  institution: object
  campaigns: ReturnType<typeof campaign>[]
  propuestas: ReturnType<typeof propuesta>[]
  video: object
  /** Still in the list, and gone when it is asked for. */
  withdrawn?: string
}
let folder: string
let run: ShareRun

type Call = Readonly<Record<string, string>>
const ANSWERS: Readonly<Record<string, (args: Call) => unknown>> = {
  bootstrap: () => ({ now: '2026-11-30T12:00:00Z', institution: world.institution }),
  pull_changes: () => ({
    pulls: [
      {
        cursor: '1',
        more: false,
        changes: world.campaigns.map((row) => ({ op: 'put', entity: 'convocatoria', row })),
      },
    ],
  }),
  campaign_results: () => null,
  find_propuestas: () => ({ items: world.propuestas.map(({ item }) => item), next: null }),
  published_propuesta: ({ p_folio }) =>
    p_folio === world.withdrawn ? undefined : world.propuestas.find(({ item }) => item.folio === p_folio),
  published_videos: () => ({ items: [world.video], next: null }),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convoca-share-'))
  cpSync(join(ROOT, 'index.html'), join(folder, 'index.html'))
  for (const name of ['robots.txt', '_redirects']) cpSync(join(ROOT, 'public', name), join(folder, name))
  world = {
    institution: { name: 'Instituto', accent: '#5b3a8e', demo_label: null },
    campaigns: [campaign('consulta', 'propuestas')],
    propuestas: [propuesta('PR-2026-000001-5', HOSTILE, HOSTILE), propuesta('PR-2026-000002-8', 'Dos.')],
    video,
  }
  vi.stubGlobal('fetch', async (url: string, { body }: { body: string }) => {
    const answer = ANSWERS[url.split('/').at(-1)!]!(JSON.parse(body ?? '{}') as Call)
    if (answer !== undefined) return Response.json(answer)
    return Response.json({ message: 'submission_unknown' }, { status: 404 })
  })
  const kinds = [
    { kind: 'propuestas', label: 'Consulta', words: consultationWords, share: propuestas },
    { kind: 'videos', label: 'Videos', words: videoWords, share: videos },
  ]
  const draw = () => Promise.resolve(Buffer.from('png'))
  run = { url: 'https://server.example', key: 'k', origin: ORIGIN, folder, kinds, draw, say: () => undefined }
})
afterEach(() => {
  vi.unstubAllGlobals()
  rmSync(folder, { recursive: true })
})

const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const pageOf = (folio: string) => read(`c/consulta/publicadas/${folio}.html`)

test('what somebody wrote is text everywhere: in the title, the tags and the part without script', async () => {
  await sharePages(run)
  const html = pageOf('PR-2026-000001-5')
  const text = `&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;$&amp; &amp; $&#39; &lt;b&gt;`
  expect(html).toContain(`<meta property="og:description" content="${text}" />`)
  expect(html).toContain(`<blockquote><p class="verbatim" dir="auto">${text}</p></blockquote>`)
  expect(html).not.toMatch(/<script>|<b>/u)
  expect(html.match(/<script/gu)).toHaveLength(1) // the app's own
})

test('a page has the card of its item, its own address, a picture that is there, and the app', async () => {
  await sharePages(run)
  const html = pageOf('PR-2026-000002-8')
  const address = `${ORIGIN}/c/consulta/publicadas/PR-2026-000002-8`
  expect(html).toContain(`<link rel="canonical" href="${address}" />`)
  expect(html).toContain('<title>Propuesta sobre 1.1 · Foros · Instituto</title>')
  const [, picture] = /og:image" content="https:\/\/participa\.example\/([^"]+)"/u.exec(html)!
  expect(existsSync(join(folder, picture!))).toBe(true)
  expect(html).toContain('<div id="app"></div>')
  expect(html).toContain('Respuesta a más tardar el viernes 18 de diciembre de 2026')
  expect(html).toContain('Anónima')
  expect(read('sitemap.xml')).toContain(`<loc>${address}</loc>`)
})

test('the page of a video says to machines what it is, where it and its captions are, and what is said', async () => {
  world.campaigns = [campaign('clips', 'videos')]
  await sharePages(run)
  const html = read('c/clips/galeria/VI-2026-000001-5.html')
  const [, data] = /<script type="application\/ld\+json">(.*?)<\/script>/u.exec(html)!
  expect(JSON.parse(data!)).toMatchObject({
    '@type': 'VideoObject',
    url: `${ORIGIN}/c/clips/galeria/VI-2026-000001-5`,
    name: 'El pozo',
    duration: 'PT2M0S',
    contentUrl: 'https://server.example/storage/v1/object/public/videos-public/a.mp4',
    transcript: 'Hola.',
    caption: { contentUrl: 'https://server.example/storage/v1/object/public/videos-public/a.vtt' },
  })
})

test('the page of a video in which nobody speaks says so', async () => {
  world.campaigns = [campaign('clips', 'videos')]
  const page = 'c/clips/galeria/VI-2026-000001-5.html'
  await sharePages(run)
  expect(read(page)).not.toContain('Sin voz')
  world.video = { ...video, transcript: null, captions: null, voiceless: true }
  await sharePages(run)
  expect(read(page)).toContain('Sin voz')
  expect(read(page)).not.toContain('inLanguage')
})

test('the answer is on the page as soon as there is one, and its picture changes with it', async () => {
  await sharePages(run)
  const before = pageOf('PR-2026-000002-8')
  world.propuestas[1]!.findings = [
    { id: 'f', title: 'Foros en sábado', outcome: 'partly', reasons: 'Habrá dos.', area: '', due_on: null },
  ]
  await sharePages(run)
  const after = pageOf('PR-2026-000002-8')
  for (const words of ['Foros en sábado', 'Se acepta en parte', 'Habrá dos.']) expect(after).toContain(words)
  const picture = /share\/\w+\.png/u
  expect(picture.exec(after)![0]).not.toBe(picture.exec(before)![0])
})

test('a second run writes nothing, and goes on where the first was stopped', async () => {
  const first = await sharePages(run)
  expect(first).toMatchObject({ pages: 4, written: 4, removed: 0 })
  const files = ['index.html', '_redirects', 'robots.txt', 'sitemap.xml'].map(read)
  expect(await sharePages(run)).toMatchObject({ pages: 4, written: 0, drawn: 0, removed: 0 })
  expect(['index.html', '_redirects', 'robots.txt', 'sitemap.xml'].map(read)).toEqual(files)
  rmSync(join(folder, 'c/consulta/publicadas/PR-2026-000002-8.html'))
  writeFileSync(join(folder, 'c/consulta.html.half'), '<p>')
  expect(await sharePages(run)).toMatchObject({ written: 1, drawn: 0, removed: 1 })
})

test('a propuesta that was withdrawn, also while it was read, leaves neither page nor picture nor address', async () => {
  await sharePages(run)
  const pictures = readdirSync(join(folder, 'share')).length
  world.propuestas.shift()
  await sharePages(run)
  expect(existsSync(join(folder, 'c/consulta/publicadas/PR-2026-000001-5.html'))).toBe(false)
  expect(readdirSync(join(folder, 'share'))).toHaveLength(pictures - 1)
  expect(read('sitemap.xml')).not.toContain('PR-2026-000001-5')
  world.withdrawn = 'PR-2026-000002-8'
  expect((await sharePages(run)).pages).toBe(2)
})

test('a read that fails on its way changes nothing', async () => {
  await sharePages(run)
  const answer = fetch
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    url.endsWith('find_propuestas') ? Promise.reject(new Error('no network')) : answer(url, init),
  )
  await expect(sharePages(run)).rejects.toThrow('no network')
  expect(pageOf('PR-2026-000002-8')).toContain('Dos.')
})

test('videos have pages with what is said in them, and none during electoral silence', async () => {
  world.campaigns = [campaign('clips', 'videos')]
  await sharePages(run)
  expect(read('c/clips/galeria/VI-2026-000001-5.html')).toContain('Hola.')
  world.institution = { ...world.institution, silence: { from: '2026-11-29', until: '2026-12-02' } }
  await sharePages(run)
  const left = readdirSync(join(folder, 'c'), { recursive: true })
  expect(left.filter((name) => String(name).endsWith('.html'))).toEqual(['clips.html'])
})

test('an address that leads out of the folder has no page', async () => {
  world.campaigns = [{ ...campaign('../../x', 'propuestas'), published_count: 0 }]
  expect(await sharePages(run)).toMatchObject({ pages: 0 })
})

test('addresses of a campaign without a page show its card, before the rules of the app', async () => {
  await sharePages(run)
  const rules = read('_redirects')
    .split('\n')
    .filter((line) => line.endsWith('200'))
  expect(rules).toEqual(['/c/consulta/* /c/consulta.html 200', '/* /index.html 200'])
  world.campaigns = []
  await sharePages(run)
  expect(read('_redirects')).toBe(readFileSync(join(ROOT, 'public/_redirects'), 'utf8'))
})

test('a demonstration says so on every page', async () => {
  world.institution = { ...world.institution, demo_label: 'Demostración: texto sin validez' }
  await sharePages(run)
  for (const page of ['c/consulta.html', 'c/consulta/publicadas/PR-2026-000002-8.html'])
    expect(read(page)).toContain('Demostración: texto sin validez')
})

test('a picture has its size, and the same words give the same bytes', async () => {
  const site = { origin: ORIGIN, institution: 'Instituto', accent: '#5b3a8e', label: '', files: '' }
  const picture = {
    about: '1.1 · Foros',
    words: `${'x'.repeat(500)} jñatjo ma̱ <b>`,
    state: 'Se acepta',
    foot: 'PR',
  }
  const [one, two] = [await drawPicture(picture, site), await drawPicture(picture, site)]
  expect([one.readUInt32BE(16), one.readUInt32BE(20)]).toEqual([WIDTH, HEIGHT])
  expect(one.equals(two)).toBe(true)
  expect(one[25], 'the type of a PNG with a palette').toBe(3)
  const { data, info } = await sharp(one).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const colourAt = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
  ]
  expect(colourAt(WIDTH - 1, 0), 'the ground').toEqual([247, 245, 241])
  expect(colourAt(4, 300), 'the bar').toEqual([91, 58, 142])
})
