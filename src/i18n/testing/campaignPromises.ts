/** Who keeps what the demonstration's campaigns say: the title of a test, or people. */
import { type Kept, PEOPLE, sql } from './keepers'

export const campaignPromises: readonly Kept[] = [
  {
    by: sql('propuestas', 'a microsecond before the end of the grace period'),
    words: [
      'Lo que escribas sin señal cuenta si nos llega dentro de las 48 horas posteriores al cierre.',
      'El texto de tu video debe llegarnos dentro de las 48 horas posteriores al cierre.',
    ],
  },
  {
    by: sql('videos', 'an upload expires 96 hours after the deadline of its text'),
    words: ['El archivo puede terminar de subir en las 72 horas siguientes.'],
  },
  {
    by: sql('jornadasSeats', 'ten are confirmed and 190 wait, in the order of the lock'),
    words: [
      'El Instituto de ejemplo asigna los lugares por orden de llegada a su servidor.',
      'Los lugares se asignan por orden de llegada al servidor, sin plazo de tolerancia.',
      'Cuando se llenan, hay lista de espera.',
    ],
  },
  {
    by: sql('jornadasSeats', 'a returned seat is offered to the first in line with a deadline'),
    words: ['Si un día está lleno, queda en lista de espera y le avisamos cuando se libere un lugar.'],
  },
  {
    by: sql('jornadas', 'one letter lists the outcome of each day'),
    words: ['Recibe la confirmación en el momento en que nos llega su inscripción.'],
  },
  {
    by: 'tests/e2e/door.spec.ts › without signal the phone judges a pass itself',
    words: ['El día de la jornada presenta su pase en la entrada, aunque no haya señal.'],
  },
  {
    by: PEOPLE,
    words: [
      'Una comisión del Instituto de ejemplo lee todas las propuestas y responde cada una con razones.',
      'Lo que se acepte cambia el texto de la estrategia.',
      'Leemos cada propuesta y te respondemos.',
      'Lo que se acepta cambia el texto de la estrategia.',
      'La estrategia renovada se presenta al Secretariado Técnico Local, con el texto anterior y el nuevo a la vista.',
      'Un comité del Instituto de ejemplo elige los videos de mayor valor por su contenido y calidad.',
      'El Instituto de ejemplo termina de leer y ordenar las propuestas.',
      'Se presenta al Secretariado Técnico Local.',
      'A más tardar este día respondemos todas las propuestas.',
      'A más tardar este día respondemos todos los videos.',
      'Un comité ve todos los videos.',
      'A cada persona le respondemos.',
    ],
  },
]
