/** What the aviso de privacidad of a consultation says of its own. */
import type { NoticeConsent } from '@/domain/rows'
import { consentWords, permissionWords } from '@/staff/published'
import { AFTERWARDS, type KindNotice, periodWords } from '@/staff/studio/notice/template'
import { published } from '../published'

/** The sound of a voice note has a consent of its own. */
const written = published.filter(({ permission }) => permission !== 'voice')

/** Each alone, and none ticked beforehand. */
const CONSENTS: NoticeConsent[] = [
  {
    key: 'political_opinions',
    text: 'Mi propuesta puede mostrar mis opiniones políticas. Autorizo usarla en esta consulta.',
    required: true,
    allows: ['political_opinions'],
    until: 'Hasta que la retire o termine el plazo de conservación.',
  },
  {
    key: 'publish',
    text: `Autorizo publicar ${consentWords(written)}.`,
    required: false,
    allows: written.map(({ permission }) => permission),
    until: 'Hasta que la retire o termine el plazo de conservación.',
  },
  {
    key: 'voice',
    text: 'Si mandé una nota de voz, autorizo publicar también mi voz.',
    required: false,
    allows: ['voice'],
    until: 'Hasta que la retire o termine el plazo de conservación.',
  },
  {
    key: 'invitations',
    text: 'Si dejé mi correo, quiero que me inviten a la reunión de resultados.',
    required: false,
    allows: [],
    until: 'Hasta que pase la reunión.',
  },
]

export const notice: KindNotice = {
  permissions: {
    political_opinions: 'Usar propuestas que pueden mostrar opiniones políticas, un dato sensible',
    ...permissionWords(published),
  },
  partsOf: ({ periods }) => ({
    title: 'Aviso de privacidad de la consulta',
    data: [
      'Obligatorio: el texto de tu propuesta, o tu voz si prefieres hablar. Solo si quieres darlos: el nombre que se mostrará, tu sector, tu municipio y un correo electrónico. Puedes participar de forma anónima.',
      'No pedimos identificación oficial, CURP, domicilio, fecha de nacimiento ni teléfono.',
    ],
    sensitive:
      'Tu propuesta puede mostrar tus opiniones políticas. La ley las considera un dato personal sensible y por eso te pedimos una autorización expresa.',
    purposes:
      'Finalidades que no requieren tu autorización: recibir tu propuesta, darle un folio, revisarla, responderla y elaborar estadísticas que no te identifican.',
    consented:
      'Finalidades que sí la requieren: usar en la consulta una propuesta que puede mostrar tus opiniones políticas; y publicarla con tu municipio, tu sector y tu nombre, si los escribiste. Sin la segunda también puedes participar: leemos y respondemos tu propuesta, pero no la publicamos. Publicar la grabación de tu voz tiene una autorización aparte.',
    refusal:
      'Puedes negarte antes de enviar: deja sin marcar la autorización o cierra la pantalla. Nada sale de tu teléfono hasta que toques «Enviar». Después puedes retirar tu propuesta con tu folio y tu enlace privado.',
    retention: `Tu correo y tu nombre, ${periodWords(periods?.keep_contacts_months, 'months')} después de la respuesta. Lo que retires, ${periodWords(periods?.keep_withdrawn_days, 'days')} después del retiro. La grabación de tu voz, tres días después de que el equipo escribe lo que dices, salvo que autorices publicarla. Lo demás, también tu propuesta publicada, ${periodWords(periods?.keep_records_years, 'years')} después del fin de la consulta: es el plazo de conservación del archivo. ${AFTERWARDS}`,
    consents: CONSENTS,
  }),
}
