/** Lets a part of a review ask for the submission anew, when it did something whose outcome comes with no verdict. */
import { inject, type InjectionKey, provide } from 'vue'

type Reload = () => Promise<unknown>
const RELOAD: InjectionKey<Reload> = Symbol('reload')

export const provideReload = (reload: Reload): void => provide(RELOAD, reload)

/** Outside a review it does nothing. */
export const useReload = (): Reload => inject(RELOAD, () => Promise.resolve())
