/** What a page of results reads of its campaign, once the phone knows the campaign. */
import { watch } from 'vue'
import { useCampaign } from '@/campaign/useCampaign'
import { useLoad } from '@/data/useLoad'
import { keepPages } from './keepPages'
import { t } from './words'

/** Long enough for every piece of the page to have arrived. */
const SETTLED_MS = 5_000

export const WORDS = {
  offline: { title: t('offline.title'), text: t('offline.text') },
  failed: { title: t('failed.title'), text: t('failed.text') },
}

export function useResultsPage<T>(slug: string, read: (convocatoriaId: string) => Promise<T>) {
  const { campaign, state: campaignState, retry } = useCampaign(slug)
  const { value, state, run } = useLoad(async () => {
    const found = await read(campaign.value!.convocatoria.id)
    setTimeout(keepPages, SETTLED_MS)
    return found
  })
  watch(
    () => campaign.value?.convocatoria.id,
    (id) => void (id && run()),
    { immediate: true },
  )
  return { campaign, campaignState, retry, value, state, run }
}
