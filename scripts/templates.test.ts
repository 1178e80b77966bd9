import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/** Where an element begins or ends with a space beside an interpolation. The compiler drops it, and two words touch. */
function lostSpaces(template: string): string[] {
  const found: string[] = []
  for (const { 0: text, index } of template.matchAll(/(?<![/=])> \{\{.*|\{\{[^{}\n]*\}\} <\/.*/gu)) {
    const isAfterEnd = text.startsWith('>') && template[template.lastIndexOf('<', index) + 1] === '/'
    if (!isAfterEnd) found.push(text)
  }
  return found
}

test('an element that begins or ends with a space beside an interpolation is found', () => {
  expect(lostSpaces('<b>a</b> {{ x }}<i /> {{ y }}\n<b v-if="a => b">{{ z }}</b>')).toEqual([])
  expect(lostSpaces('<b> {{ x }}</b>')).toHaveLength(1)
  expect(lostSpaces('<b>{{ x }} </b>')).toHaveLength(1)
})

const read = (file: string) => readFileSync(path.join('src', file), 'utf8')
const files = (readdirSync('src', { recursive: true }) as string[]).filter((file) =>
  /\.(vue|css)$/u.test(file),
)
const isStaffs = (file: string) => file.includes('staff/')
/** The classes that style sheets and the styles of components name. */
const classesIn = (file: string) => {
  const styles = file.endsWith('.css') ? [read(file)] : (read(file).match(/<style[^]*?<\/style>/gu) ?? [])
  return styles.flatMap((css) => [...css.matchAll(/\.([a-z][\w-]*)/gu)].map(([, name]) => name!))
}

test('no page of citizens leans on a class that only the desk’s style sheets have', () => {
  const ofDesk = new Set(files.filter((file) => isStaffs(file) && file.endsWith('.css')).flatMap(classesIn))
  const ofAll = new Set(files.filter((file) => !isStaffs(file)).flatMap(classesIn))
  const leaning = files
    .filter((file) => file.endsWith('.vue') && !isStaffs(file))
    .flatMap((file) =>
      [...read(file).matchAll(/(?<![:\w-])class="([^"]*)"/gu)]
        .flatMap(([, names]) => names!.split(/\s+/u))
        .filter((name) => ofDesk.has(name) && !ofAll.has(name))
        .map((name) => `${file}: ${name}`),
    )
  expect(ofDesk.has('icon-line')).toBe(true)
  expect(leaning).toEqual([])
})

test('no template begins or ends an element with a space that the compiler drops', () => {
  const templates = files.filter((file) => file.endsWith('.vue'))
  expect(templates.length).toBeGreaterThan(300)
  const lost = templates.flatMap((file) =>
    lostSpaces(read(file)).map((line) => `${file}: ${line.slice(0, 80)}`),
  )
  expect(lost).toEqual([])
})
