/** The app's stores, which its engines need: imported before anything starts, as `src/app/main.ts` makes them. */
import { createPinia, setActivePinia } from 'pinia'

setActivePinia(createPinia())
