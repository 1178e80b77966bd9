/** The campaigns and days of the demonstration that the addresses of pages name. */
import { idOf } from '../../../supabase/local/demo/phone'

const SEEDED = '00000000-0000-4000-8000-0000000'

/** The ids of campaigns, by what they show. */
export const ID = {
  consulta: `${SEEDED}000c1`,
  videos: `${SEEDED}000c2`,
  jornadas: `${SEEDED}000c3`,
  answered: idOf('answered'),
  selected: idOf('selected'),
  finished: idOf('finished'),
} as const

/** The addresses of those campaigns. */
export const PAGE = {
  consulta: '/c/cultura-de-gobierno-abierto',
  videos: '/c/videos-por-el-gobierno-abierto',
  jornadas: '/c/jornadas-de-transparencia-proactiva',
  answered: '/c/consulta-respondida',
  selected: '/c/videos-del-ano-pasado',
  finished: '/c/taller-datos-abiertos',
  mesa: '/c/mesa-de-resultados',
  recreated: '/c/consulta-noviembre-2021',
} as const

/** The day whose door the demonstration's member keeps, and two days that are over. */
export const DAY = {
  door: `${SEEDED}b3101`,
  over: idOf('finished:day:0'),
  second: idOf('finished:day:1'),
} as const
