/** What a campaign asks of registrations besides seats. */
export interface RegistrationRules {
  body_limit: number | null // people of one body on one day
  approval: boolean
  ask_days: number | null // «¿Sigue viniendo?» so many days before, where somebody waits
  silence_frees: boolean
  tell_liaison: boolean
}
