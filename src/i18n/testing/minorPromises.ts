/** Who keeps what screens promise to minors and their guardians: the title of a test. */
import { type Kept, sql } from './keepers'

export const minorPromises: readonly Kept[] = [
  {
    by: sql('minors', 'a minor’s video is not accepted before the guardian authorised it'),
    words: ['Sin su permiso no se publica tu video.', 'No se publica nada sin permiso.'],
  },
  {
    by: sql('minors', 'two members confirm it'),
    words: ['Se publica si dos personas del equipo lo confirman y se elige.'],
  },
  {
    by: sql('minors', 'a minor’s lost link is recovered'),
    words: ['Si pierdes tu enlace, lo recuperas con su correo cuando haya autorizado.'],
  },
  {
    by: sql('minors', 'who refuses takes the video away for good'),
    words: ['El video se retira y se borra.'],
  },
  {
    by: sql('minors', 'a guardian who withdraws takes the video off its public page at once'),
    words: ['El video deja de verse aquí de inmediato y se borra.'],
  },
]
