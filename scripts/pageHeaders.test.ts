/** The headers that every page of the app is served with: `public/_headers`. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { headersFor, parseHeaders } from '../supabase/local/headers'

const text = readFileSync(new URL('../public/_headers', import.meta.url), 'utf8')
/** A header of all pages, which stands below `/*` and before the next path. */
const ofAllPages = (name: string) => {
  const [part = ''] = text.split(/^\/\*$/mu)[1]!.split(/^\//mu)
  return new RegExp(`^ +${name}: (.+)$`, 'mu').exec(part)?.[1]
}
const policy = new Map(
  ofAllPages('Content-Security-Policy')!
    .split(/;\s*/u)
    .map((part) => [part.split(' ')[0]!, part.split(' ').slice(1)]),
)

test('every page is opened by HTTPS alone for a year', () =>
  expect(ofAllPages('Strict-Transport-Security')).toBe('max-age=31536000'))

test('scripts are the app’s own files, and Trusted Types know no policy but those that are named here', () => {
  expect(policy.get('default-src')).toEqual(["'none'"])
  expect(policy.get('script-src')).toEqual(["'self'"])
  expect(policy.get('worker-src')).toEqual(["'self'"])
  expect(policy.get('require-trusted-types-for')).toEqual(["'script'"])
  expect(policy.get('trusted-types')).toEqual([
    'convoca',
    'convoca-codes',
    'convoca-film',
    'convoca-paste',
    'vue',
    'ProseMirrorClipboard',
  ])
})

test('videos and pictures come from the app and from files on the phone, and a host adds its project', () => {
  for (const name of ['media-src', 'img-src']) expect(policy.get(name)).toEqual(["'self'", 'blob:'])
  expect(policy.get('connect-src')).toEqual(["'self'"])
})

test('WebAssembly compiles in the worker that reads codes, in the one that works on videos, and nowhere else', () => {
  const rules = parseHeaders(text)
  const policyOf = (path: string) => headersFor(rules, path)['content-security-policy']
  expect(policyOf('/assets/codes-worker-abc.js')).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  )
  expect(policyOf('/assets/video-worker-abc.js')).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:",
  )
  for (const path of [
    '/',
    '/assets/video-film-abc.js',
    '/equipo/puerta',
    '/verificar',
    '/assets/codes-abc.js',
    '/assets/staff-desk-abc.js',
  ])
    expect(policyOf(path)).not.toContain('wasm')
})
