/** All tours. */
import { tourForm, tourLanding, tourReading } from './citizen'
import { tourRecovery, tourSending, tourStates } from './sent'
import { tourCampaigns } from './campaigns'
import { tourCancelled } from './cancelled'
import { tourDoor } from './door'
import { tourRegistration, tourSeats, tourSeries } from './jornadas'
import { tourFiles } from './files'
import { tourKept } from './kept'
import { tourLife } from './life'
import { tourPeople } from './people'
import { tourPhone } from './phone'
import { tourReschedule } from './reschedule'
import { tourStaff } from './staff'
import type { Tour } from './tour'
import { tourTroubles } from './troubles'
import { tourVideoForm, tourVideoSending } from './videos'
import { tourGallery, tourVideoArrived, tourVideoReview } from './videosArrived'

export const TOURS: Readonly<Record<string, (tour: Tour) => Promise<void>>> = {
  landing: tourLanding,
  reading: tourReading,
  form: tourForm,
  sending: tourSending,
  states: tourStates,
  recovery: tourRecovery,
  staff: tourStaff,
  kept: tourKept,
  people: tourPeople,
  phone: tourPhone,
  troubles: tourTroubles,
  campaigns: tourCampaigns,
  life: tourLife,
  files: tourFiles,
  videoForm: tourVideoForm,
  videoSending: tourVideoSending,
  videoArrived: tourVideoArrived,
  videoReview: tourVideoReview,
  gallery: tourGallery,
  door: tourDoor,
  reschedule: tourReschedule,
  cancelled: tourCancelled,
  series: tourSeries,
  registration: tourRegistration,
  seats: tourSeats,
}
