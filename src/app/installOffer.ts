/**
 * The browser's offer to install the app. It comes once, and it may come before the store that offers it in
 * Ajustes: the first load keeps it.
 */
import { shallowRef } from 'vue'

/** Chromium only; not in TypeScript's DOM library (WICG manifest-incubations). */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** The offer that can be taken; null when there is none. */
export const installOffer = shallowRef<InstallPrompt | null>(null)

/** Keeps the offer in place of the browser's own banner, until it is taken or the app is installed. */
export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    installOffer.value = event as InstallPrompt
  })
  addEventListener('appinstalled', () => (installOffer.value = null))
}
