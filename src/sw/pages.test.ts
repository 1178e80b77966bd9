import { expect, test } from 'vitest'
import { NOT_PAGES } from './pages'

const isPage = (address: string) => !NOT_PAGES.some((pattern) => pattern.test(address))

test.each([
  '/',
  '/c/consulta/propuesta/1/texto',
  '/folio',
  '/folio%23PR-2026-000042-6.AbCdEfGhIjKlMnOpQrSt-_',
  '/folio%2523PR-2026-000042-6.AbCdEfGhIjKlMnOpQrSt-_',
  '/correo%23a.b',
  '/folio?utm_source=correo.ejemplo.mx',
  '/?fbclid=a.b',
  '/v1.2/notas',
])('the worker answers %s with the app', (address) => expect(isPage(address)).toBe(true))

test.each([
  '/rest/v1/rpc/bootstrap',
  '/storage/v1/upload/resumable',
  '/__inbox',
  '/sw.js',
  '/assets/index-abc.js',
  '/assets/index.js?v=1',
  '/manifest.webmanifest',
  '/robots.txt%23a',
])('the worker leaves %s to the network', (address) => expect(isPage(address)).toBe(false))
