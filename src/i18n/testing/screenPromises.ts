/** Who keeps what citizens' screens promise. */
import { BROWSER, e2e, type Kept, PEOPLE, sql, unit } from './keepers'

export const screenPromises: readonly Kept[] = [
  {
    by: unit(
      'features/propuestas/mesa/acta',
      'is taken back after the closing too, and leaves this phone with its folio',
    ),
    words: ['Lo retiraremos cuando abras esta aplicación con señal.'],
  },
  {
    by: sql('captions', 'a video in which somebody speaks is published with captions only'),
    words: ['Un video en el que alguien habla no se publica sin subtítulos.'],
  },
  {
    by: sql('actas', 'nobody reads a comment before a person decided'),
    words: ['Tu comentario no se publica.', 'Una persona lo lee antes de publicarlo.'],
  },
  {
    by: sql('likeness', 'is taken back with its secret and no other, also after the closing'),
    words: ['Puedes quitar tu apoyo cuando quieras.'],
  },
  {
    by: sql('likeness', 'above thirty an hour from one network is received and not counted'),
    words: ['Los apoyos no son personas: de una misma red contamos 30 por hora, y los demás no.'],
  },
  {
    by: sql('merkle', 'a day has one head, with every step of the days before'),
    words: [
      'Todavía no: entra al registro en el siguiente corte.',
      'Se firma uno cada día, después de la medianoche.',
      'Falta {count} paso, que entra en el siguiente corte.',
      'Faltan {count} pasos, que entran en el siguiente corte.',
    ],
  },
  {
    by: sql('merkle', 'is append-only'),
    words: ['Lo que está en ese registro no se puede quitar ni cambiar sin que se note.'],
  },
  {
    by: PEOPLE,
    words: [
      'Te respondemos a más tardar el {day}.',
      'Una persona la lee y te respondemos a más tardar el {day}.',
      'Si no le llega nada, llame al contacto de ayuda y dé su folio.',
    ],
  },
  {
    by: sql('propuestas', 'a microsecond before the end of the grace period'),
    words: [
      'Debe llegarnos a más tardar el {until} y quedará marcada como tardía.',
      'El texto debe llegarnos a más tardar el {until} y quedará marcado como tardío.',
    ],
  },
  {
    by: sql('published', 'is published without its %s where the consent does not allow it'),
    words: ['Solo se publica si lo autorizas más adelante.'],
  },
  {
    by: e2e('online', 'only the contacts hold the author’s address'),
    words: ['No se publica.'],
  },
  {
    by: sql('authors', 'a receipt contains the folio and not the secret'),
    words: [
      'Te mandamos el acuse, con un botón para confirmar el correo.',
      'Te mandamos un correo.',
      'Te damos un folio en cuanto nos llegue.',
      'Primero nos llega el texto y te damos un folio.',
    ],
  },
  {
    by: sql('mailLimits', 'and whoever wants letters misses none'),
    words: [
      'Ya confirmado, ahí te avisamos de todo; sin confirmar, solo de lo que tiene plazo, tres veces como máximo.',
      'Si es tuyo, confírmalo una vez y ahí llegan los avisos.',
      'Si no lo confirmas, solo te llegan avisos con plazo: una corrección, un lugar, una respuesta.',
      'Ahí te avisamos de todo lo que envíes con él.',
    ],
  },
  {
    by: sql('mail', 'gets none but the code that its owner asks for'),
    words: [
      'Solo te llegará lo que se pida expresamente: un código para recuperar tu enlace o una invitación al equipo.',
    ],
  },
  {
    by: sql('authors', 'a code returns new links that open the submissions'),
    words: [
      'Si dejaste tu correo al enviar, te mandamos un código para abrir tus envíos en este teléfono.',
      'Si ese correo está en algún envío, le llegará un código en unos minutos.',
    ],
  },
  {
    by: sql('authors', 'an author can undo a withdrawal for 24 hours, to the microsecond'),
    words: [
      'Puedes deshacerlo hasta el {when}, hora del centro de México.',
      'Puede deshacerlo hasta el {when}, hora del centro de México.',
    ],
  },
  {
    by: sql('retention', 'a contact is erased twelve months after the answer, to the second'),
    words: ['Los datos de contacto de este envío se borraron el {day}, como dice el aviso de privacidad.'],
  },
  {
    by: sql('retention', 'thirty days after a withdrawal nothing is left of what its author wrote'),
    words: ['Lo que contenía este envío se borró el {day}, como dice el aviso de privacidad.'],
  },
  {
    by: sql('mediaJobs', 'a withdrawal hides a video at once and removes its copy'),
    words: ['Dejará de verse aquí de inmediato y borraremos nuestras copias públicas.'],
  },
  {
    by: sql(
      'authors',
      'a withdrawal hides a published submission at once, and undoing it publishes it again',
    ),
    words: [
      'Ahora no hay señal: la retiraremos cuando nos llegue tu aviso.',
      'Ahora no hay señal: lo retiraremos cuando nos llegue tu aviso.',
    ],
  },
  {
    by: e2e('remove', 'a submission can be removed from a shared phone only once it is sent'),
    words: [
      'Deja de verse aquí, pero tu envío sigue con nosotros.',
      'Deja de verse aquí, pero su inscripción sigue con nosotros.',
    ],
  },
  {
    by: e2e('privateLink', 'a private link opens on a second phone'),
    words: [
      'No lo compartas: quien lo tenga puede corregir o retirar.',
      'No lo compartas: quien lo tenga puede hacer lo mismo.',
      'No lo comparta: quien lo tenga puede hacer lo mismo.',
      'Privado: quien lo tenga puede corregir o retirar',

      'No lo comparta: quien lo tenga puede cancelar.',
      'Privado: quien lo tenga puede cancelar',
      'No compartas el archivo: quien lo tenga puede hacer lo mismo.',
    ],
  },
  {
    by: unit('data/drafts', 'discarding a draft deletes every byte of its video, and of no other'),
    words: [
      'Se borrará de este teléfono y no podremos recuperarlo.',
      'Se borra de este teléfono y no podrás recuperarlo.',
      'Se borra de este teléfono y no podrá recuperarla.',
      'Se borra de este equipo y no se puede recuperar.',
      'Se borra de este teléfono y no se puede recuperar.',
      'Se borra este borrador con lo que tenga adentro.',
    ],
  },
  {
    by: sql('replacedVideos', 'the old bytes are deleted by a job'),
    words: ['El archivo anterior se borra.', 'El archivo nuevo se borra de esta aplicación.'],
  },
  {
    by: unit('data/portable', 'an imported text with the id of another draft becomes a second draft'),
    words: ['Lo que ya tienes aquí no se borra.'],
  },
  {
    by: sql('authors', 'whoever comes second, author or staff, gets a conflict'),
    words: ['Si empieza antes de que nos llegue tu cambio, te mostramos los dos textos y no se pierde nada.'],
  },
  {
    by: sql('authors', 'until review begins a correction replaces the text'),
    words: ['Puedes corregir hasta que el equipo empiece a revisar.'],
  },
  {
    by: sql('videos', 'an author adds the transcript after review began'),
    words: [
      'Puedes agregar la transcripción hasta que el video se publique.',
      'Puedes dejarla para después.',
    ],
  },
  {
    by: sql('secondReviews', 'asking keeps it rejected, dates the answer'),
    words: [
      'La hará otra persona y te responderá a más tardar el {answer_by}.',
      'La hace otra persona y te responderá a más tardar el {answer_by}.',
    ],
  },
  {
    by: BROWSER,
    words: [
      'El navegador no borrará lo guardado por falta de espacio',
      'Solo se borra si tú borras los datos del navegador.',
    ],
  },
]
