/** The browser's own offer to install, kept until the person asks for it in Ajustes. */
import { shallowReadonly, shallowRef } from 'vue'

/** Chromium only; not in TypeScript's DOM library (WICG manifest-incubations). */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

const offer = shallowRef<InstallPrompt | null>(null)

/** Whether the app runs from the home screen. */
export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches ||
  (navigator as { standalone?: boolean }).standalone === true

/** Listens from the start: the browser offers once, early. */
export function keepInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.value = event as InstallPrompt
  })
  window.addEventListener('appinstalled', () => (offer.value = null))
}

/** The offer, and how to take it. */
export function useInstall() {
  const install = async () => {
    const prompt = offer.value
    offer.value = null // it can be used once
    await prompt?.prompt()
  }
  return { offer: shallowReadonly(offer), install }
}
