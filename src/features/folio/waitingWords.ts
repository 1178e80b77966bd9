import { t } from './words'

/** When what waits will leave: with Background Sync (Chromium) as soon as there is signal, elsewhere at the next opening. */
export const waitingWords = (scope: object = globalThis): string =>
  t('SyncManager' in scope && 'serviceWorker' in navigator ? 'waiting.background' : 'waiting.open')
