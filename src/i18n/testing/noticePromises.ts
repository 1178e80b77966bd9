/** Who keeps what the demonstration's avisos say: the title of a test, or people. */
import { type Kept, LAW, PEOPLE, sql } from './keepers'

export const noticePromises: readonly Kept[] = [
  {
    by: sql('retention', 'a contact is erased twelve months after the answer, to the second'),
    words: ['Tu correo y tu nombre, 12 meses después de la respuesta.'],
  },
  {
    by: sql('retention', 'thirty days after a withdrawal nothing is left of what its author wrote'),
    words: [
      'Lo que retires, 30 días después del retiro.',
      'Los textos de un video que retires, 30 días después del retiro.',
      'La inscripción que cancele por completo, 30 días después.',
    ],
  },
  {
    by: sql('retention', 'a submission is deleted whole when its campaign ended ten years ago'),
    words: [
      'Hasta que la retire o termine el plazo de conservación.',
      'Lo demás, también tu propuesta publicada, 10 años después del fin de la consulta: es el plazo de conservación del archivo.',
      'Lo demás, 10 años después de que termine la autorización: es el plazo de conservación del archivo.',
      'Lo demás, 10 años después de la última jornada: es el plazo de conservación del archivo.',
    ],
  },
  {
    by: sql('retention', 'and the receipt of the day counts all once'),
    words: ['Después se borra y queda una constancia del borrado, sin datos personales.'],
  },
  {
    by: sql('minors', 'who refuses takes the video away for good'),
    words: [
      'Los datos de la persona adulta que cuida a un menor, igual, y se borran antes si se niega o retira su permiso.',
    ],
  },
  {
    by: sql('retentionFiles', 'a video that was not selected loses its words and its file ninety days'),
    words: ['Un video que no se elige, con sus textos, 90 días después de los resultados.'],
  },
  {
    by: sql('retentionFiles', 'with the licence a published video leaves the gallery, expires'),
    words: [
      'Un video publicado, hasta que lo retires o termine tu autorización.',
      'Autorizo su uso gratuito y no exclusivo hasta el 31 de diciembre de 2030.',
    ],
  },
  {
    by: sql('voiceNotes', 'three days after it was written down, the sound of a note'),
    words: [
      'El equipo escribe lo que dices y borra la grabación tres días después.',
      'La grabación de tu voz, tres días después de que el equipo escribe lo que dices, salvo que autorices publicarla.',
    ],
  },
  {
    by: sql('voiceNotes', 'the sound is public only where its author allowed it'),
    words: [
      'Solo si lo autorizas, también publica la grabación.',
      'Si mandé una nota de voz, autorizo publicar también mi voz.',
      'Publicar tu voz tiene una autorización aparte.',
    ],
  },
  {
    by: sql('jornadas', 'a need without its consent'),
    words: [
      'Necesita su autorización expresa para una finalidad más: atender una necesidad de accesibilidad, que puede revelar datos de su salud.',
      'Puede revelar datos de salud: la ley la considera un dato personal sensible y le pedimos una autorización expresa.',
    ],
  },
  {
    by: sql('jornadas', 'the accessibility need is deleted after the last day'),
    words: ['La necesidad de accesibilidad se borra al terminar el último día de su inscripción.'],
  },
  {
    by: sql(
      'retentionFiles',
      'the address goes after twelve months; the name, the post and the hour after two',
    ),
    words: [
      'Su correo, 12 meses después de ese día; su nombre, su cargo y la hora de su llegada, 24 meses después.',
    ],
  },
  {
    by: sql('mediaJobs', 'a withdrawal hides a video at once and removes its copy'),
    words: ['Deja de verse aquí de inmediato y borramos nuestras copias públicas.'],
  },
  {
    by: sql('authors', 'an author can undo a withdrawal for 24 hours, to the microsecond'),
    words: ['Tienes 24 horas para cambiar de opinión.'],
  },
  {
    by: sql('published', 'is published with what its consent names, and staff read that before'),
    words: [
      'Necesita tu autorización expresa para dos finalidades más: usar tu propuesta en esta consulta, porque puede mostrar tus opiniones políticas, que son un dato sensible; y publicarla con tu nombre, tu municipio y tu sector, si los escribiste.',
      'Finalidades que sí requieren tu autorización: usar en la consulta una propuesta que puede mostrar tus opiniones políticas; y publicar tu propuesta y, si los escribiste, tu nombre, tu municipio y tu sector.',
      'Puede mostrar tus opiniones políticas: por eso la ley la considera un dato personal sensible y te pedimos una autorización expresa.',
      'Autorizo publicar mi propuesta y, si los escribí, mi nombre, mi municipio y mi sector.',
      'Solo si lo autorizas, publica tu video con sus textos y, si los escribiste, tu nombre, tu municipio y tu sector.',
      'Finalidad que sí requiere tu autorización: publicar tu video con sus textos y, si los escribiste, tu nombre, tu municipio y tu sector.',
      'Autorizo publicar mi imagen, mi voz y los textos de mi video en la página de esta convocatoria y, si los escribí, mi nombre, mi municipio y mi sector.',
    ],
  },
  {
    by: sql('review', 'publishing needs the author’s consent'),
    words: [
      'Sin la segunda también puedes participar: leemos y respondemos tu propuesta, pero no la publicamos.',
    ],
  },
  {
    by: sql('mediaJobs', 'publishing needs verified bytes, a transcript and the author’s consent'),
    words: [
      'Sin esa autorización también puedes participar: vemos y respondemos tu video, pero no lo publicamos.',
      'Los videos elegidos se publican con su transcripción y forman parte de la campaña de difusión.',
    ],
  },
  {
    by: sql('propuestas', 'a changed notice of the campaign refuses consents to the old one'),
    words: [
      'Si el aviso cambia antes de que nos llegue tu propuesta, te volvemos a preguntar.',
      'Si el aviso cambia antes de que nos llegue tu video, te volvemos a preguntar.',
      'Si el aviso cambia antes de que nos llegue su inscripción, le volvemos a preguntar.',
    ],
  },
  {
    by: sql('propuestas', 'a notice cannot be rewritten, and the database computes its hash'),
    words: ['Cada cambio es una versión nueva, con su fecha, que se publica en esta aplicación.'],
  },
  {
    by: sql('notices', 'publishing a campaign brings its notice to phones'),
    words: [
      'Su aviso de privacidad se publicará aquí antes de la apertura.',
      'El aviso completo se publicará con la convocatoria.',
    ],
  },
  {
    by: 'tests/e2e/offline.spec.ts › after one visit, landing page, campaign, insumos and notice can be read without network',
    words: [
      'El aviso completo está en esta aplicación y puedes leerlo sin conexión.',
      'El aviso completo está en esta aplicación y puede leerlo sin conexión.',
    ],
  },
  {
    by: 'tests/e2e/crash.spec.ts › a submission that the screen called saved is sent after kill −9',
    words: [
      'Puedes negarte aquí mismo, antes de enviar: deja sin marcar la autorización o cierra esta pantalla.',
      'Nada sale de tu teléfono hasta que toques «Enviar».',
      'Nada sale de su teléfono hasta que toque «Enviar».',
    ],
  },
  {
    by: 'src/features/propuestas/payload.test.ts › unanswered fields are null in the payload, and an anonymous person’s name is not sent',
    words: ['Puedes participar de forma anónima.', 'Puedes participar sin dar tu nombre.'],
  },
  {
    by: sql('jornadasDoor', 'rescheduling sends everybody with a seat or a place in line the old day'),
    words: [
      'Los usa para inscribirle en las jornadas, avisarle de cambios y recibirle en la entrada.',
      'Finalidades que no requieren su autorización: asignar lugares por orden de llegada, avisarle de cambios y registrar su asistencia.',
    ],
  },
  {
    by: LAW,
    words: [
      'Puedes pedir acceso, rectificación, cancelación u oposición (derechos ARCO) y la portabilidad de tus datos con una solicitud a la Unidad de Transparencia: abajo están su domicilio, su correo y su horario.',
      'Puede pedir acceso, rectificación, cancelación u oposición (derechos ARCO) y la portabilidad de sus datos con una solicitud a la Unidad de Transparencia: abajo están su domicilio, su correo y su horario.',
      'El plazo de respuesta es de 20 días hábiles, que puede ampliarse 10 más.',
      'Si procede, se cumple dentro de los 15 días hábiles siguientes.',
      'No transfiere tus datos a nadie, salvo que una autoridad competente los pida con fundamento en la ley.',
      'No transfiere sus datos a nadie, salvo que una autoridad competente los pida con fundamento en la ley.',
    ],
  },
  {
    by: PEOPLE,
    words: [
      'Los usa para recibir, revisar y responder tu propuesta, y para contar cuántas personas participaron.',
      'Los usa para recibir, revisar y responder tu video, y para contar cuántas personas participaron.',
      'Finalidades que no requieren tu autorización: recibir tu propuesta, darle un folio, revisarla, responderla y elaborar estadísticas que no te identifican.',
      'Finalidades que no requieren tu autorización: recibir tu video, darle un folio, revisarlo, responderlo y elaborar estadísticas que no te identifican.',
    ],
  },
]
