/** Who keeps what the screens of registrations promise. */
import { type Kept, sql } from './keepers'

export const seatPromises: readonly Kept[] = [
  {
    by: sql('jornadasSeats', 'and undoing it puts the author at the end of the waiting list'),
    words: ['Si su lugar se ocupó, pasará a la lista de espera.'],
  },
  {
    by: sql('jornadasSeats', 'a withdrawal returns all seats'),
    words: ['Ahora no hay señal: la cancelaremos cuando nos llegue su aviso.'],
  },
  {
    by: sql(
      'registry',
      'a report waits for staff, twice the same name counts two, and nothing says who sent it',
    ),
    words: ['No se guarda quién lo escribió.'],
  },
  {
    by: sql('jornadasSeats', 'ten are confirmed and 190 wait, in the order of the lock'),
    words: [
      'Los lugares cuentan desde que nos llega, sin plazo extra.',
      'Cuando nos llegue verá si cada día tiene lugar o lista de espera.',
    ],
  },
  {
    by: sql('jornadasSeats', 'a returned seat is offered to the first in line with a deadline'),
    words: ['Si se libera uno, le avisaremos por correo.', 'Su lugar en «{day}» pasará a quien espera.'],
  },
  {
    by: sql(
      'heldSeats',
      'the tap in a letter, or the code that recovers links, keeps all seats of the address',
    ),
    words: [
      'Ahí le llega el acuse, con un enlace para confirmar el correo y conservar su lugar, y los avisos de sus fechas.',
      'También le llegará un correo: confírmelo a más tardar a la misma hora del siguiente día hábil para conservar su lugar.',
      'Le mandamos un correo.',
      'Confírmelo con su enlace para conservar su lugar y recibir ahí los avisos.',
      'Confirme su correo y el lugar es suyo sin plazo.',
      'Abra el mensaje que le enviamos y toque «Sí, es mi correo» en la página de su enlace.',
    ],
  },
  {
    by: sql('registrationRules', 'silence gives up no more seats than wait, and only where the rule says so'),
    words: ['Conteste antes del {until}, hora del centro de México, o su lugar pasará a quien espera.'],
  },
  {
    by: sql('registrationRules', 'approving gives the pass, says so and is done once'),
    words: ['Falta que el instituto apruebe su inscripción; le avisaremos por correo.'],
  },
  {
    by: sql('groups', 'the link cancels the days of somebody, whose place goes to who waits, and tells them'),
    words: ['Los lugares pasan a quien espera y le avisamos por correo.'],
  },
  {
    by: sql('substitutions', 'both are told: one that somebody else attends, the other who gave the data'),
    words: ['Ahí le llegan su folio, el aviso de privacidad y cómo confirmar su lugar.'],
  },
  {
    by: sql('surveys', 'the row of a day is the same whoever answered first'),
    words: [
      'Sus respuestas se suman a las de los demás y no se guardan aparte.',
      'Se anota que respondió, no qué.',
    ],
  },
  {
    by: sql('surveys', 'nothing below five answers, then by steps of five'),
    words: ['El instituto las lee cuando hay cinco o más.'],
  },
  {
    by: sql('jornadas', 'the accessibility need is deleted after the last day'),
    words: ['Puede revelar datos de salud: pediremos su autorización y lo borraremos después del día.'],
  },
  {
    by: sql('constancias', 'in bulk issues to everybody who earned one and has none, and writes to each'),
    words: [
      'Cada persona recibe un correo y la abre con su folio.',
      'La persona recibe un correo y la abre con su folio.',
    ],
  },
  {
    by: sql('constancias', 'reaches whoever verifies with the next list; the others stay valid'),
    words: [
      'La anterior deja de valer y quien la verifique lo sabrá.',
      'Quien la verifique leerá que se revocó.',
    ],
  },
  {
    by: sql('constancias', 'node alone verifies the signature'),
    words: ['Cualquiera la comprueba sin preguntar al instituto.'],
  },
  {
    by: sql('surveys', 'one text with personal data is taken away alone, by who may'),
    words: ['Se borra para siempre; en la bitácora queda quién lo retiró, no qué decía.'],
  },
]
