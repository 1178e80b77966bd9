/** A form over something that others may change meanwhile: what is typed stays, on the version on which it was begun. */
import { ref, shallowReactive, watch } from 'vue'

interface Version<Form> {
  form: Form
  version: number
}

export function useOwnForm<Form extends object>(read: () => Version<Form>) {
  const first = read()
  const form: Form = shallowReactive({ ...first.form }) // its fields are texts
  /** The version that the next save names: another person's change makes it a conflict, which shows both. */
  const version = ref(first.version)
  let clean = JSON.stringify(first.form)

  const isTyped = () => JSON.stringify(form) !== clean
  watch(read, (next) => {
    if (isTyped()) return
    Object.assign(form, next.form)
    clean = JSON.stringify(form)
    version.value = next.version
  })
  /** Call it once what is typed is saved. */
  const saved = () => {
    clean = JSON.stringify(form)
  }
  return { form, version, saved }
}
