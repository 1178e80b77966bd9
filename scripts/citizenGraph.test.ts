import { expect, test } from 'vitest'
import {
  filesOfPage,
  importsOutside,
  mediaLibraryElsewhere,
  staffOnCitizensPhones,
  videoCodeForEverybody,
  type Graph,
} from './citizenGraph'

/** The graph of a small app: the frame loads its pages lazily, and the staff's routes load the desk and the door. */
const graph = (): Graph => ({
  entry: ['index.html'],
  chunks: [
    { fileName: 'base.js', imports: [], modules: ['index.html', 'src/app/App.vue'] },
    {
      fileName: 'pages.js',
      imports: ['base.js'],
      modules: ['src/app/features.ts'],
    },
    { fileName: 'data.js', imports: ['base.js'], modules: ['src/data/db.ts', 'src/data/staff/session.ts'] },
    {
      fileName: 'desk.js',
      imports: ['data.js', 'supabase.js'],
      modules: ['src/staff/desk/DeskView.vue'],
    },
    {
      fileName: 'routes.js',
      imports: ['base.js'],
      modules: ['src/app/staffPieces.ts', 'src/staff/feature.ts', 'src/features/jornadas/staff/routes.ts'],
    },
    { fileName: 'door.js', imports: [], modules: ['src/features/jornadas/staff/door/PuertaView.vue'] },
    { fileName: 'supabase.js', imports: [], modules: ['node_modules/@supabase/supabase-js/index.js'] },
  ],
  modules: {
    'index.html': { imports: ['src/app/App.vue'], lazy: [] },
    'src/app/App.vue': { imports: [], lazy: ['src/app/features.ts', 'src/data/db.ts'] },
    'src/app/features.ts': { imports: [], lazy: ['src/app/staffPieces.ts'] },
    'src/app/staffPieces.ts': {
      imports: ['src/staff/feature.ts', 'src/features/jornadas/staff/routes.ts'],
      lazy: ['src/features/videos/staff/island.ts'],
    },
    'src/features/jornadas/staff/routes.ts': {
      imports: [],
      lazy: ['src/features/jornadas/staff/door/PuertaView.vue'],
    },
    'src/staff/feature.ts': {
      imports: [],
      lazy: ['src/data/staff/session.ts', 'src/staff/desk/DeskView.vue'],
    },
  },
})
const chunk = (it: Graph, fileName: string) => it.chunks.find((one) => one.fileName === fileName)!

test('a citizen’s phone reaches the staff’s session, and no other staff module', () => {
  expect(staffOnCitizensPhones(graph(), ['base.js', 'pages.js', 'data.js'])).toEqual([])
})

test.each([
  'src/staff/desk/useWide.ts',
  'src/staff/feature.ts',
  'src/app/staffPieces.ts',
  'src/sync/staff/staffPull.ts',
  'src/data/staff/client.ts',
  'src/features/videos/staff/island.ts',
  'node_modules/@supabase/auth-js/index.js',
])('%s in a citizens’ chunk is reported', (module) => {
  const strayed = graph()
  chunk(strayed, 'data.js').modules.push(module)
  expect(staffOnCitizensPhones(strayed, [])).toEqual([`${module} in data.js`])
})

test.each([
  ['a lazy import', { imports: [], lazy: ['src/staff/desk/DeskView.vue'] }],
  ['a static import', { imports: ['src/staff/desk/DeskView.vue'], lazy: [] }],
])(
  '%s of the desk outside the staff’s pages is reported with its chunk and the chunks that it imports',
  (_, ways) => {
    const strayed = graph()
    strayed.modules['src/data/db.ts'] = ways
    expect(staffOnCitizensPhones(strayed, [])).toEqual([
      'src/staff/desk/DeskView.vue in desk.js',
      'node_modules/@supabase/supabase-js/index.js in supabase.js',
    ])
  },
)

test('a citizens’ chunk that imports a staff chunk is reported', () => {
  const strayed = graph()
  chunk(strayed, 'pages.js').imports.push('supabase.js')
  expect(staffOnCitizensPhones(strayed, [])).toEqual([
    'node_modules/@supabase/supabase-js/index.js in supabase.js',
  ])
})

test('a staff chunk that the worker precaches is reported', () => {
  expect(staffOnCitizensPhones(graph(), ['desk.js'])).toEqual(['src/staff/desk/DeskView.vue in desk.js'])
})

test('a graph without reachable chunks or without staff modules throws', () => {
  expect(() => staffOnCitizensPhones({ ...graph(), entry: [] }, [])).toThrow('blind')
  const without = graph()
  without.chunks = without.chunks.filter(({ fileName }) => !/desk|door|routes|supabase/u.test(fileName))
  expect(() => staffOnCitizensPhones(without, [])).toThrow('no staff module')
})

/** The small app with the form of a video, whose chunk loads the media library when it is opened. */
function withVideo(imports: string[]): Graph {
  const it = graph()
  it.chunks.push(
    { fileName: 'videos.js', imports, modules: ['src/features/videos/VideoFormView.vue'] },
    { fileName: 'video-code.js', imports: ['base.js'], modules: ['node_modules/mediabunny/dist/index.mjs'] },
  )
  return it
}

test('the code of a video may load when its form is opened', () => {
  expect(videoCodeForEverybody(withVideo(['base.js']), ['base.js', 'videos.js'])).toEqual([])
})

test.each([
  ['precached', ['base.js'], ['base.js', 'video-code.js']],
  ['imported by what is precached', ['video-code.js'], ['base.js', 'videos.js']],
])('the code of a video that is %s is found', (_, imports, precached) => {
  expect(videoCodeForEverybody(withVideo(imports), precached)).toEqual([
    'node_modules/mediabunny/dist/index.mjs in video-code.js',
  ])
})

test('a file that loads the media library is found, unless it is of videos or of the staff', () => {
  const it = withVideo(['base.js'])
  expect(mediaLibraryElsewhere(it)).toEqual([])
  it.chunks.push({ fileName: 'assets/voice-1.js', imports: ['recorder.js'], modules: [] })
  it.chunks.push({ fileName: 'recorder.js', imports: ['video-code.js'], modules: [] })
  it.chunks.push({ fileName: 'assets/staff-copy-1.js', imports: ['video-code.js'], modules: [] })
  expect(mediaLibraryElsewhere(it)).toEqual(['assets/voice-1.js', 'recorder.js'])
  expect(() => mediaLibraryElsewhere(graph())).toThrow('no file with the media library')
})

test('a page waits for the entry’s files, its own and what those import', () => {
  const it = withVideo(['data.js'])
  expect(filesOfPage(it, ['src/features/videos/VideoFormView.vue'])).toEqual([
    'base.js',
    'data.js',
    'videos.js',
  ])
  expect(() => filesOfPage(it, ['src/features/videos/Gone.vue'])).toThrow('no file of the build has')
})

test('a build without any code of videos is no proof', () => {
  expect(() => videoCodeForEverybody(graph(), ['base.js'])).toThrow('no video module')
})

test('a precached chunk that loads only with one outside the precache is named', () => {
  const files = ['base.js', 'pages.js', 'data.js', 'desk.js']
  expect(importsOutside(graph(), ['base.js', 'pages.js', 'data.js'])).toEqual([])
  expect(importsOutside(graph(), files)).toEqual(['desk.js needs supabase.js'])
})
