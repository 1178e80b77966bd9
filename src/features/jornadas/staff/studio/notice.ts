/** What the aviso de privacidad of jornadas says of its own. */
import { AFTERWARDS, type KindNotice, periodWords } from '@/staff/studio/notice/template'

export const notice: KindNotice = {
  permissions: {
    accessibility: 'Atender una necesidad de accesibilidad, que puede revelar datos de salud',
  },
  partsOf: ({ periods }) => ({
    title: 'Aviso de privacidad de las jornadas',
    data: [
      'Obligatorios: su nombre, su cargo, su institución, los días a los que asistirá y un correo electrónico, de preferencia institucional. Solo si quiere darla: una necesidad de accesibilidad.',
      'No pedimos identificación oficial, CURP, domicilio, fecha de nacimiento ni teléfono.',
    ],
    sensitive:
      'Una necesidad de accesibilidad puede revelar datos de salud. La ley los considera sensibles y por eso le pedimos una autorización expresa.',
    purposes:
      'Finalidades que no requieren su autorización: asignar lugares por orden de llegada, avisarle de cambios y registrar su asistencia.',
    consented:
      'Finalidad que sí la requiere: preparar lo necesario para atender su necesidad de accesibilidad. Sin ella también puede inscribirse.',
    refusal:
      'Puede negarse antes de enviar: deje sin marcar la autorización o cierre la pantalla. Nada sale de su teléfono hasta que toque «Enviar». Después puede cancelar su inscripción con su folio y su enlace privado.',
    retention: `La necesidad de accesibilidad se borra al terminar el último día de su inscripción. Su correo, ${periodWords(periods?.keep_contacts_months, 'months')} después de ese día; su nombre, su cargo y la hora de su llegada, ${periodWords(periods?.keep_attendance_months, 'months')} después. La inscripción que cancele por completo, ${periodWords(periods?.keep_withdrawn_days, 'days')} después. Lo demás, ${periodWords(periods?.keep_records_years, 'years')} después de la última jornada: es el plazo de conservación del archivo. ${AFTERWARDS}`,
    consents: [
      {
        key: 'accessibility',
        text: 'Mi necesidad de accesibilidad puede revelar datos de mi salud. Autorizo usarla solo para atenderme en las jornadas.',
        required: false,
        allows: ['accessibility'],
        until: 'Hasta el último día de mi inscripción.',
      },
    ],
  }),
}
