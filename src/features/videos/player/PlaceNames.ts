import { defineComponent } from 'vue'
import { useStrategy } from '@/campaign/useStrategy'

/** Shows nothing. Gives the words for a municipality's key: their list is in the database, for which a first look does not wait. */
export default defineComponent({
  emits: { ready: (words: (key: string) => string) => typeof words === 'function' },
  setup(_, { emit }) {
    emit('ready', useStrategy('').municipalityWords) // municipalities are those of every campaign
    return () => null
  },
})
