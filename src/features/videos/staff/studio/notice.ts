/** What the aviso de privacidad of a call for videos says of its own. */
import { consentWords, permissionWords } from '@/staff/published'
import { mark } from '@/staff/studio/mark'
import { AFTERWARDS, type KindNotice, periodWords } from '@/staff/studio/notice/template'
import { formatDay } from '@/ui/dates'
import type { NoticeConsent } from '@/domain/rows'
import { published, publishedOfMinors } from '../published'
import type { VideoData } from './video'

const OF_MINORS =
  'De quien tiene menos de 18 años: su primer nombre o un apodo, si lo da, y de la persona adulta que le cuida, su nombre, parentesco y un correo o teléfono para pedirle permiso. Se conservan como tu correo y tu nombre, y se borran antes si esa persona se niega o retira su permiso. Sin ese permiso no se publica nada. No guardamos municipio, sector ni escuela de un menor.'

export const notice: KindNotice = {
  permissions: {
    ...permissionWords(published),
    licence: 'Usar el video en la campaña de difusión',
  },
  partsOf({ dataOf, periods }) {
    const { licence_until: until, medium, minors } = dataOf('video') as VideoData
    const end = until ? formatDay(until) : mark('hasta qué día se autoriza el uso')
    const where = ` en ${medium?.trim() || mark('dónde se publican los videos')}`
    return {
      title: 'Aviso de privacidad de la convocatoria de videos',
      data: [
        'Obligatorios: tu video, su título y su resumen. Solo si quieres darlos: una transcripción, el nombre que se mostrará, tu sector, tu municipio y un correo electrónico. Puedes participar sin dar tu nombre.',
        'No pedimos identificación oficial, CURP, domicilio, fecha de nacimiento ni teléfono. No grabes los datos de otras personas.',
        ...(minors ? [OF_MINORS] : []),
      ],
      sensitive:
        'Tu imagen y tu voz son datos personales. No pedimos datos sensibles: no los digas ni los muestres en el video.',
      purposes:
        'Finalidades que no requieren tu autorización: recibir tu video, darle un folio, revisarlo, responderlo y elaborar estadísticas que no te identifican.',
      consented:
        'Finalidad que sí la requiere: publicar tu video con sus textos y, si los escribiste, tu nombre, tu municipio y tu sector. Sin ella también puedes participar: vemos y respondemos tu video, pero no lo publicamos.',
      refusal:
        'Puedes negarte antes de enviar: deja sin marcar la autorización o cierra la pantalla. Nada sale de tu teléfono hasta que toques «Enviar». Después puedes retirar tu video con tu folio y tu enlace privado; no podemos borrar lo que otras personas descargaron.',
      retention: `Tu correo y tu nombre, ${periodWords(periods?.keep_contacts_months, 'months')} después de la respuesta. Un video que no se elige, con sus textos, ${periodWords(periods?.keep_videos_days, 'days')} después de los resultados. Un video publicado, hasta que lo retires o termine tu autorización: ${end}. Los textos de un video que retires, ${periodWords(periods?.keep_withdrawn_days, 'days')} después del retiro. Lo demás, ${periodWords(periods?.keep_records_years, 'years')} después de que termine la autorización: es el plazo de conservación del archivo. ${AFTERWARDS}`,
      consents: consentsOf(where, end, !!minors),
    }
  },
}

/** A statement that lets the institution show nothing. */
const declaration = (key: string, text: string) => ({ key, text, required: true, allows: [], until: null })

/** What is published where, and until when; and of calls that take minors, what of theirs is. */
function consentsOf(where: string, until: string, minors: boolean): NoticeConsent[] {
  const publishing = (key: string, begin: string, parts: typeof published) => ({
    key,
    text: `${begin} ${consentWords(parts, where)}.`,
    required: false,
    allows: parts.map(({ permission }) => permission),
    until,
  })
  return [
    declaration('own_work', 'Este video es mío y tengo permiso de usar su música e imágenes.'),
    declaration('people_agree', 'Quienes aparecen están de acuerdo.'),
    {
      key: 'licence',
      text: 'Autorizo su uso gratuito y no exclusivo en la campaña de difusión.',
      required: true,
      allows: ['licence'],
      until,
    },
    publishing('publish', 'Autorizo publicar', published),
    // read by those under 18 in its place
    ...(minors
      ? [publishing('publish_minor', 'Tengo menos de 18 años y autorizo publicar', publishedOfMinors)]
      : []),
  ]
}
