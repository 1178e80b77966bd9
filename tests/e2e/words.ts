/** The app's own texts, so that a spec finds them without a copy. */
import campaignMessages from '@/i18n/es-MX/campaign.json' with { type: 'json' }
import chipMessages from '@/i18n/es-MX/chips.json' with { type: 'json' }
import constanciaMessages from '@/i18n/es-MX/constancia.json' with { type: 'json' }
import correoMessages from '@/i18n/es-MX/correo.json' with { type: 'json' }
import faultMessages from '@/i18n/es-MX/faults.json' with { type: 'json' }
import folioMessages from '@/i18n/es-MX/folio.json' with { type: 'json' }
import frameMessages from '@/i18n/es-MX/frame.json' with { type: 'json' }
import insumosMessages from '@/i18n/es-MX/insumos.json' with { type: 'json' }
import jornadasMessages from '@/i18n/es-MX/jornadas.json' with { type: 'json' }
import jornadasStatusMessages from '@/i18n/es-MX/jornadasStatus.json' with { type: 'json' }
import pagesMessages from '@/i18n/es-MX/pages.json' with { type: 'json' }
import boardMessages from '@/i18n/es-MX/staffBoard.json' with { type: 'json' }
import portableMessages from '@/i18n/es-MX/portable.json' with { type: 'json' }
import phoneMessages from '@/i18n/es-MX/phone.json' with { type: 'json' }
import propuestasMessages from '@/i18n/es-MX/propuestas.json' with { type: 'json' }
import refusalMessages from '@/i18n/es-MX/refusals.json' with { type: 'json' }
import savingMessages from '@/i18n/es-MX/saving.json' with { type: 'json' }
import shellMessages from '@/i18n/es-MX/shell.json' with { type: 'json' }
import staffMessages from '@/i18n/es-MX/staff.json' with { type: 'json' }
import studioMessages from '@/i18n/es-MX/studio.json' with { type: 'json' }
import doorMessages from '@/i18n/es-MX/jornadasDoor.json' with { type: 'json' }
import kindMessages from '@/i18n/es-MX/staffKinds.json' with { type: 'json' }
import enterMessages from '@/i18n/es-MX/jornadasEnter.json' with { type: 'json' }
import liaisonsMessages from '@/i18n/es-MX/jornadasLiaisons.json' with { type: 'json' }
import seatMessages from '@/i18n/es-MX/jornadasSeat.json' with { type: 'json' }
import surveyMessages from '@/i18n/es-MX/jornadasSurvey.json' with { type: 'json' }
import jornadasStaffMessages from '@/i18n/es-MX/jornadasStaff.json' with { type: 'json' }
import registrationsMessages from '@/i18n/es-MX/jornadasRegistrations.json' with { type: 'json' }
import propuestasStudioMessages from '@/i18n/es-MX/propuestasStudio.json' with { type: 'json' }
import propuestasStaffMessages from '@/i18n/es-MX/propuestasStaff.json' with { type: 'json' }
import videosStaffMessages from '@/i18n/es-MX/videosStaff.json' with { type: 'json' }
import deskMessages from '@/i18n/es-MX/staffDesk.json' with { type: 'json' }
import accountMessages from '@/i18n/es-MX/staffAccount.json' with { type: 'json' }
import institutionMessages from '@/i18n/es-MX/staffInstitution.json' with { type: 'json' }
import jornadasStudioMessages from '@/i18n/es-MX/jornadasStudio.json' with { type: 'json' }
import videosStudioMessages from '@/i18n/es-MX/videosStudio.json' with { type: 'json' }
import peopleMessages from '@/i18n/es-MX/staffPeople.json' with { type: 'json' }
import registryMessages from '@/i18n/es-MX/staffRegistry.json' with { type: 'json' }
import verificarMessages from '@/i18n/es-MX/verificar.json' with { type: 'json' }
import videosMessages from '@/i18n/es-MX/videos.json' with { type: 'json' }
import videosFilmMessages from '@/i18n/es-MX/videosFilm.json' with { type: 'json' }
import videosRecordMessages from '@/i18n/es-MX/videosRecord.json' with { type: 'json' }
import videosStatusMessages from '@/i18n/es-MX/videosStatus.json' with { type: 'json' }
import rescheduleMessages from '@/i18n/es-MX/jornadasReschedule.json' with { type: 'json' }
import { translator } from '@/i18n/translator'

export const chips = translator(chipMessages)
export const constancia = translator(constanciaMessages)
export const correo = translator(correoMessages)
export const folio = translator(folioMessages)
export const frame = translator(frameMessages)
export const insumos = translator(insumosMessages)
export const jornadas = translator({ ...campaignMessages, ...jornadasMessages })
export const jornadasStatus = translator({ ...folioMessages, ...jornadasStatusMessages })
export const pages = translator(pagesMessages)
export const phone = translator(phoneMessages)
export const board = translator(boardMessages)
export const portable = translator(portableMessages)
export const propuestas = translator({ ...savingMessages, ...campaignMessages, ...propuestasMessages })
export const verificar = translator(verificarMessages)
export const videos = translator({ ...campaignMessages, ...videosMessages, ...videosFilmMessages })
/** The recorder of videos, and files that come another way than by choosing. */
export const record = translator(videosRecordMessages)
export const videosStatus = translator({ ...folioMessages, ...videosStatusMessages })
export const shell = translator(shellMessages)
export const staff = translator({ ...savingMessages, ...staffMessages })
export const registry = translator(registryMessages)
export const door = translator(doorMessages)
export const kinds = translator({ ...kindMessages, ...videosStaffMessages })
export const propuestasStudio = translator(propuestasStudioMessages)
export const propuestasStaff = translator(propuestasStaffMessages)
export const enter = translator(enterMessages)
export const liaisons = translator(liaisonsMessages)
export const seat = translator(seatMessages)
export const survey = translator(surveyMessages)
export const jornadasStaff = translator(jornadasStaffMessages)
export const registrations = translator(registrationsMessages)
export const desk = translator(deskMessages)
export const account = translator(accountMessages)
export const institution = translator(institutionMessages)
export const people = translator(peopleMessages)
export const videosStaff = translator(videosStaffMessages)
export const jornadasStudio = translator(jornadasStudioMessages)
export const videosStudio = translator(videosStudioMessages)
export const campaigns = translator(studioMessages)
export const reschedule = translator(rescheduleMessages)
/** The text for the code of a refusal or a fault. */
export const refusalText = translator({ ...faultMessages, ...refusalMessages })
